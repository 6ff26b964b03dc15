import { describe, expect, it } from 'vitest';
import { parseContactUpdate, parseSingleContact } from '#contract/contacts/single-contact.ts';
import { parseSubscription } from '#contract/subscriptions/subscription.ts';
import type { FormPermit } from '#domain/subscriptions/form.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { updateContact } from '#usecases/contacts/update-contact.ts';
import { subscribeByForm } from '#usecases/subscriptions/subscribe-by-form.ts';
import { subscribeContact } from '#usecases/subscriptions/subscribe-contact.ts';

const rule = { defaultCountry: 'UA' };
const email = 'ann@example.com';
const sms = '380942583691';
const channels = [
  { type: 'email', value: email },
  { type: 'sms', value: sms },
];
const form: FormPermit = { groups: [], fields: [] };

describe('what a single contact says of consent', () => {
  it.each([
    [{ unsubscribed: true }, { [email]: 'unsubscribed', [sms]: 'unsubscribed' }],
    [
      { unsubscribed: 'yes', unsubscribedAt: '2023-02-03 08:00:00' },
      { [email]: 'unsubscribed', [sms]: 'unsubscribed' },
    ],
    [{ bounced: 1 }, { [email]: 'blacklisted' }],
    [{ smsUnsubscribed: true }, { [sms]: 'unsubscribed' }],
    [{ emailSubscribed: false }, { [email]: 'unsubscribed' }],
    [{ status: 'complained' }, { [email]: 'spam', [sms]: 'spam' }],
    [{ unsubscribed: false }, {}],
    [{ subscribed: true }, {}],
  ])('%j is noted where it is added, updated and subscribed', async (said, reasons) => {
    const [added, updated, subscribed] = [memoryPorts(), memoryPorts(), memoryPorts()];
    const { id } = await addContact(updated, parseSingleContact({ channels }, rule));

    await addContact(added, parseSingleContact({ channels, ...said }, rule));
    await updateContact(updated, id, parseContactUpdate(said, rule));
    await subscribeContact(subscribed, parseSubscription({ contact: { channels, ...said } }, rule));

    for (const { memory } of [added, updated, subscribed]) {
      const noted = [...memory.suppressions].map(([address, { reason }]) => [address, reason]);
      expect(Object.fromEntries(noted)).toEqual(reasons);
    }
  });

  it('makes an address unconfirmed where it says so, and lifts nothing', async () => {
    const ports = memoryPorts();
    await ports.suppressions.add([{ address: email, reason: 'unsubscribed', since: ports.now() }]);

    const { id } = await addContact(ports, parseSingleContact({ channels, confirmed: false }, rule));
    await addContact(ports, parseSingleContact({ channels, subscribed: true, confirmed: true }, rule));

    expect(ports.memory.contacts.get(id)?.confirmed).toBe(false);
    expect(await ports.suppressions.find([email])).toHaveLength(1);
  });

  it('is refused where it is not understood', () => {
    expect(() => parseSingleContact({ channels, unsubscribed: 'on Tuesdays' }, rule)).toThrow('unsubscribed: ');
  });

  it('is no affair of a list of categories', () => {
    const { refusals } = parseSingleContact({ channels, subscriptions: ['news'] }, rule);

    expect(refusals).toBeUndefined();
  });

  it('counts in a form that everybody can fill in for nobody who is known', async () => {
    const ports = memoryPorts();
    const said = parseSubscription({ contact: { channels, smsUnsubscribed: true } }, rule);
    await subscribeByForm(ports, said, form);
    expect([...ports.memory.suppressions.keys()]).toEqual([sms]);

    const known = memoryPorts();
    await addContact(known, parseSingleContact({ channels }, rule));
    await subscribeByForm(known, parseSubscription({ contact: { channels, unsubscribed: true } }, rule), form);
    expect(known.memory.suppressions.size).toBe(0);
  });
});
