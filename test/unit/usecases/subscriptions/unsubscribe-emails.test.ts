import { describe, expect, it } from 'vitest';
import { adminContactBody } from '#contract/contacts/contact-response.ts';
import { saveRule } from '#test/support/makers.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { describeContact } from '#usecases/contacts/get-contact.ts';
import { saveContacts } from '#usecases/contacts/save-contacts.ts';
import { resubscribeEmails, unsubscribeEmails } from '#usecases/subscriptions/unsubscribe-emails.ts';

const john = { email: 'john@example.com', firstName: 'John' };

const statusOf = async (ports: ReturnType<typeof memoryPorts>) => {
  const { contact, ...found } = await describeContact(ports, 1);
  return adminContactBody(contact, found).emailStatus;
};

describe('an address that was unsubscribed', () => {
  it('needs no contact, and counts for whoever gets it later', async () => {
    const ports = memoryPorts();

    await unsubscribeEmails(ports, ['john@example.com']);
    await saveContacts(ports, [john], saveRule());

    expect(await statusOf(ports)).toBe('unsubscribed');
  });

  it('stays so whatever imports and updates say, until it is subscribed again', async () => {
    const ports = memoryPorts();
    await saveContacts(ports, [john], saveRule());
    await unsubscribeEmails(ports, ['john@example.com']);

    await saveContacts(ports, [{ ...john, lastName: 'Smith' }], saveRule({ token: 'import', confirmed: true }));
    const afterImport = await statusOf(ports);
    await resubscribeEmails(ports, ['john@example.com', 'nobody@example.com']);

    expect([afterImport, await statusOf(ports)]).toEqual(['unsubscribed', 'confirmed']);
  });

  it('keeps a reason that weighs more', async () => {
    const ports = memoryPorts();
    await saveContacts(ports, [john], saveRule());
    await ports.suppressions.add([
      { address: 'john@example.com', reason: 'blacklisted', since: '2026-01-01T00:00:00.000Z' },
    ]);

    await unsubscribeEmails(ports, ['john@example.com']);
    await resubscribeEmails(ports, ['john@example.com']);

    expect(await statusOf(ports)).toBe('blacklisted');
  });
});

describe('an address', () => {
  it('has a state only where there is one', async () => {
    const ports = memoryPorts();
    await saveContacts(ports, [{ sms: '380942583691' }], saveRule({ dedupeOn: 'sms' }));

    expect(await statusOf(ports)).toBeUndefined();
  });

  it('is unconfirmed until it is confirmed', async () => {
    const ports = memoryPorts();
    await saveContacts(ports, [john], saveRule({ confirmed: false }));

    expect(await statusOf(ports)).toBe('unconfirmed');
  });
});
