import { describe, expect, test } from 'vitest';
import type { Signer } from '#domain/subscriptions/ports.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { getContactToken } from '#usecases/contacts/get-contact-token.ts';
import { findRecipients } from '#usecases/messages/find-recipients.ts';

const signer: Signer = { sign: async (text) => `<${text}>`, isSigned: async () => true };

describe('the token of a contact', () => {
  test('names the contact for an hour, signed', async () => {
    const ports = { ...memoryPorts(), signer, now: () => '2026-01-05T09:00:00.000Z' };
    const [recipient] = await findRecipients(ports, 'email', ['a@b.co']);
    const id = recipient && 'contact' in recipient ? recipient.contact.id : 0;

    const token = await getContactToken(ports, { email: 'a@b.co' });

    const content = `1.contact.${id.toString(36)}.${Date.parse('2026-01-05T10:00:00.000Z').toString(36)}`;
    expect(token).toBe(`<${content}>.${content}`);
  });

  test.each([{}, { email: 'nobody@b.co' }, { contactId: 9 }, { externalCustomerId: 'x' }])(
    'is empty for whoever is unknown: %j',
    async (named) => {
      expect(await getContactToken({ ...memoryPorts(), signer }, named)).toBe('');
    },
  );

  test('is empty for a deleted contact', async () => {
    const ports = { ...memoryPorts(), signer };
    const [recipient] = await findRecipients(ports, 'email', ['a@b.co']);
    await deleteContact(ports, { id: recipient && 'contact' in recipient ? recipient.contact.id : 0 });

    expect(await getContactToken(ports, { email: 'a@b.co' })).toBe('');
  });
});
