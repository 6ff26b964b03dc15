import { describe, expect, test } from 'vitest';
import type { Contact } from '#domain/contacts/contact.ts';
import { findBreaches } from '#domain/contacts/invariants.ts';
import { RollcallError } from '#domain/error.ts';
import { type Memory, type MemoryPorts, memoryPorts } from '#test/support/memory-ports.ts';
import { type Ending, playEverySchedule, type Writer } from '#test/support/schedules.ts';
import { confirmationPorts, subscriberOf, tokenFor } from '#test/support/subscriptions/confirmation-ports.ts';
import { knownContact, sendForm } from '#test/support/subscriptions/form-ports.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { eraseContact } from '#usecases/erasure/erase-contact.ts';
import { confirmContact } from '#usecases/subscriptions/confirm-contact.ts';

const jane = { email: 'jane@example.com', sms: '1', externalCustomerId: 'C-1', firstName: 'Jane' };

/** What nobody else can notice needs no turn of its own. */
const quiet = (ports: MemoryPorts, name: string) => {
  const own = { ...confirmationPorts(), newId: () => name };
  const { contacts, proposals, memory } = ports;
  return { ...own, contacts, proposals, memory, fields: memoryPorts().fields };
};

type Said = string;

const unlessNobody = async (name: string, work: Promise<unknown>): Promise<Said> => {
  try {
    await work;
    return `${name}: done`;
  } catch (error) {
    if (error instanceof RollcallError && error.code === 'NOT_FOUND') return `${name}: found nobody`;
    throw error;
  }
};

const form: Writer<Said> = {
  name: 'form',
  run: async (ports) => {
    await sendForm(quiet(ports, 'form'), { email: 'jane@example.com', firstName: 'Mallory', sms: '2' });
    return 'form: done';
  },
};

const confirm: Writer<Said> = {
  name: 'confirm',
  run: async (ports) => {
    const subject = quiet(ports, 'confirm');
    const { state } = await confirmContact(
      subject,
      await tokenFor(subject, subscriberOf({ id: 1, email: jane.email })),
    );
    return `confirm: ${state}`;
  },
};

const erase: Writer<Said> = {
  name: 'erase',
  run: (ports) => unlessNobody('erase', eraseContact(quiet(ports, 'erase'), { id: 1 })),
};

const remove: Writer<Said> = {
  name: 'delete',
  run: (ports) => unlessNobody('delete', deleteContact(quiet(ports, 'delete'), { id: 1 })),
};

const known = async (memory: Memory) => {
  await knownContact(confirmationPorts({ memory }), jane);
};

const proposed = async (memory: Memory) => {
  await known(memory);
  await sendForm(
    { ...confirmationPorts({ memory }), newId: () => 'before' },
    { email: jane.email, firstName: 'Janet' },
  );
};

const personal = (contact: Contact | undefined) => {
  const { email, sms, externalCustomerId, firstName } = contact ?? {};
  return { email, sms, externalCustomerId, firstName };
};

const isSound = ({ memory, said }: Ending<Said>, story: string) => {
  const contact = memory.contacts.get(1);
  const names = ['Jane', 'Janet', 'Mallory'];
  const contacts = memory.contacts.values();
  expect(findBreaches({ claims: memory.claims.values(), contacts }), story).toEqual([]);
  if (said.includes('erase: done')) {
    // One that died before it had removed them is followed by the queue.
    expect([contact?.state, [...memory.proposals.keys()]], story).toEqual(['erased', []]);
  }
  if (contact?.state === 'erased') expect(personal(contact), story).toEqual({});
  else {
    expect(personal(contact), story).toMatchObject({ email: 'jane@example.com', sms: '1', externalCustomerId: 'C-1' });
    expect(names, story).toContain(contact?.firstName);
  }
  if (said.includes('delete: done')) expect(contact?.state, story).toBe('deleted');
  if (!said.some((one) => one.startsWith('confirm'))) expect(['Jane', undefined]).toContain(contact?.firstName);
};

describe('proposals, confirmations, deletions and erasures, every schedule of two of them with a crash each', () => {
  test.each([
    { title: 'a form and an erasure', before: proposed, writers: [form, erase] },
    { title: 'a confirmation and an erasure', before: proposed, writers: [confirm, erase] },
    { title: 'a form and a confirmation', before: proposed, writers: [form, confirm] },
    { title: 'a form and a deletion', before: proposed, writers: [form, remove] },
    { title: 'a confirmation and a deletion', before: proposed, writers: [confirm, remove] },
  ])(
    '$title',
    async ({ before, writers }) => {
      const { endings } = await playEverySchedule(writers, before, (ending, schedule) =>
        isSound(ending, schedule.join('\n')),
      );

      expect(endings).toBeGreaterThan(1);
    },
    60_000,
  );
});
