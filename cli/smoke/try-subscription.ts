import * as z from 'zod';
import { Difference, NotHere, type Smoke } from './smoke.ts';

const settingsInForce = z.object({
  doubleOptIn: z.boolean().default(true),
  senderAddress: z.string().optional(),
  confirmedSegment: z.string().default(''),
});

/** What a stage's settings say of mail. */
export const mailSettings = (smoke: Smoke): Promise<z.infer<typeof settingsInForce>> =>
  smoke.ask({ path: '/admin/v1/settings', answer: settingsInForce });

/** Finds the link of the confirmation message to an address; `undefined` if this run cannot know it. */
export type FindLink = (asked: { readonly contactId: number; readonly email: string }) => Promise<string | undefined>;

/** A subscription, its event, and the link of its message: opening it shows a page, and the button confirms. */
export const trySubscription =
  (findLink: FindLink) =>
  async (smoke: Smoke): Promise<void> => {
    const { doubleOptIn, senderAddress } = await mailSettings(smoke);
    const email = smoke.addressOf('subscriber');
    const { id } = await smoke.ask({
      method: 'POST',
      path: '/api/v1/contact/subscribe',
      body: { contact: { channels: [{ type: 'email', value: email }], firstName: 'Sub' }, formType: smoke.name },
      answer: z.object({ id: z.int(), emailStatus: z.literal(doubleOptIn ? 'NEED_CONFIRMATION' : 'SUBSCRIBED') }),
    });
    await eventOf(smoke, `subscribeFromApi-${smoke.name}`, id);
    if (!doubleOptIn) throw new NotHere('doubleOptIn is off, so no link was opened');
    if (!senderAddress) throw new NotHere('there is no senderAddress, so nobody can be asked to confirm');
    const link = await findLink({ contactId: id, email });
    if (link === undefined) throw new NotHere('the link of the message is known only with --stage');
    await confirm(smoke, id, link);
  };

const confirm = async (smoke: Smoke, contactId: number, link: string): Promise<void> => {
  // People open it at `publicUrl`, which need not be this address.
  const { pathname, search } = new URL(link);
  const path = `${pathname}${search}`;
  const page = z.string().regex(/<html/i, 'is no page');
  await smoke.ask({ path, key: '', answer: page });
  const contact = { path: `/admin/v1/contacts/${contactId}` };
  await smoke.ask({ ...contact, answer: z.object({ confirmed: z.literal(false) }) });
  const pressed = await fetch(`${smoke.url}${path}`, { method: 'POST', redirect: 'manual' });
  if (![200, 303].includes(pressed.status)) {
    throw new Difference(`POST /confirm answered ${pressed.status} ${await pressed.text()} instead of 200`);
  }
  await smoke.ask({ ...contact, answer: z.object({ confirmed: z.literal(true) }) });
  await eventOf(smoke, 'SysContactConfirmed', contactId);
};

const eventOf = (smoke: Smoke, type: string, contactId: number): Promise<unknown> =>
  smoke.until({
    path: `/admin/v1/events?type=${type}&contactId=${contactId}`,
    answer: z.object({ items: z.array(z.object({ contactId: z.literal(contactId) })).min(1) }),
  });
