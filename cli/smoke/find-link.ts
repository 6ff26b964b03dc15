import * as z from 'zod';
import { signer } from '#aws/subscriptions/signer.ts';
import { addressHashOf, confirmationToken } from '#domain/subscriptions/confirmation-token.ts';
import type { Smoke } from './smoke.ts';
import type { FindLink } from './try-subscription.ts';

const mailbox = z.object({ items: z.array(z.object({ to: z.string(), text: z.string() })) });

/** Finds links in the messages of the local stack, which deployed stages do not show. */
export const linkInMailbox =
  (smoke: Smoke): FindLink =>
  async ({ email }) => {
    const path = '/admin/v1/mailbox?limit=500';
    const isLocal = await smoke.ask({ path, answer: mailbox }).then(
      () => true,
      () => false,
    );
    if (!isLocal) return undefined;
    const sent = mailbox.transform(({ items }, context) => {
      const text = items.find(({ to }) => to === email)?.text;
      const word = text?.split(/\s+/).find((one) => one.includes('/confirm?'));
      const link = word?.slice(word.indexOf('http'));
      if (link !== undefined) return link;
      context.addIssue(`has no message to ${email} with a link`);
      return z.NEVER;
    });
    return smoke.until({ path, answer: sent });
  };

/** Makes the link of a message as the stage does, by the key in its table. */
export const linkByTable =
  (url: string): FindLink =>
  async ({ contactId, email }) => {
    const now = Date.now();
    const token = await confirmationToken(signer, {
      contactId,
      addressHash: await addressHashOf(signer, email),
      issuedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + hourMilliseconds).toISOString(),
    });
    return `${url}/confirm?t=${token}`;
  };

const hourMilliseconds = 3_600_000;
