import { describe, expect, test } from 'vitest';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import { type ConfirmationTestPorts, confirmationPorts, noon } from '#test/support/subscriptions/confirmation-ports.ts';
import { knownContact, sendForm } from '#test/support/subscriptions/form-ports.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { eraseContact } from '#usecases/erasure/erase-contact.ts';
import { confirmContact } from '#usecases/subscriptions/confirm-contact.ts';
import { lookAtConfirmation } from '#usecases/subscriptions/look-at-confirmation.ts';
import { sendConfirmation } from '#usecases/subscriptions/send-confirmation.ts';

const email = 'jane@example.com';
const jane = { email, firstName: 'Jane', externalCustomerId: 'C-1', sms: '380501112233', address: { town: 'Kyiv' } };
const permit = { groups: ['News'], fields: [] };

const arranged = async () => {
  const ports = confirmationPorts();
  await ports.segments.ensure(['News']);
  return { ports, id: await knownContact(ports, jane) };
};

/** Sends whatever is due for what was told on the bus since, and returns the tokens of the messages to an address. */
const mailed = async (ports: ConfirmationTestPorts): Promise<string[]> => {
  for (const { eventTypeKey, contactId = 0, params } of ports.memory.published.splice(0)) {
    if (!eventTypeKey.startsWith('subscribe')) continue;
    await sendConfirmation(ports, { contactId, email: String(params.EmailAddress) });
  }
  return ports.own.sent.splice(0).map(({ text }) => text);
};

const stored = ({ memory }: ConfirmationTestPorts, id: number) => memory.contacts.get(id);

const segmentsOf = ({ memory }: ConfirmationTestPorts, id: number): string[] => {
  const names = new Map([...memory.segments.values()].map((segment) => [segment.id, segment.name]));
  const joined = [...memory.memberships.values()].filter((one) => one.contactId === id && !one.isHidden);
  return joined.map(({ segmentId }) => names.get(segmentId) ?? '').sort();
};

describe('what a form proposes about somebody known', () => {
  test('comes true once the owner of the known address presses the button of the message', async () => {
    const { ports, id } = await arranged();
    const form = { email, firstName: 'Janet', address: { town: null }, sms: '380509999999' };
    await sendForm(ports, form, { groupNames: ['News'], permit });

    const [token = ''] = await mailed(ports);
    const view = await lookAtConfirmation(ports, token);
    const { state } = await confirmContact(ports, token, view.proposal?.revision);

    expect(view).toMatchObject({ state: 'open', proposal: { members: { firstName: 'Janet', 'address.town': null } } });
    expect(state).toBe('confirmed');
    expect(stored(ports, id)).toMatchObject({ firstName: 'Janet', sms: '380501112233', externalCustomerId: 'C-1' });
    expect(stored(ports, id)).not.toHaveProperty('address');
    expect(segmentsOf(ports, id)).toEqual(['News', 'Subscribers']);
    expect(ports.memory.proposals.size).toBe(0);
  });

  test('is added to by the next form, member by member, and what the owner says is as stored takes back the rest', async () => {
    const { ports, id } = await arranged();
    await sendForm(ports, { email, firstName: 'Mallory', address: { town: 'Moon' } });
    await sendForm(ports, { email, firstName: 'Jane', address: { town: 'Lviv' } });

    const [token = ''] = await mailed(ports);
    await confirmContact(ports, token);

    expect(stored(ports, id)).toMatchObject({ firstName: 'Jane', address: { town: 'Lviv' } });
  });

  test('is shown again where it is not what its reader saw', async () => {
    const { ports, id } = await arranged();
    await sendForm(ports, { email, firstName: 'Janet' });
    const [token = ''] = await mailed(ports);
    const { proposal } = await lookAtConfirmation(ports, token);
    await sendForm(ports, { email, firstName: 'Mallory' });

    const again = await confirmContact(ports, token, proposal?.revision);

    expect(again).toMatchObject({ state: 'open', proposal: { members: { firstName: 'Mallory' } } });
    expect(stored(ports, id)).toMatchObject({ firstName: 'Jane' });
  });

  test('restores somebody who was deleted, with the segments', async () => {
    const { ports, id } = await arranged();
    const [news] = await ports.segments.ensure(['News']);
    await ports.contacts.changeMemberships({
      add: [{ contactId: id, segmentId: news?.id ?? 0, epoch: 1 }],
      remove: [],
    });
    await deleteContact(ports, { id });
    await sendForm(ports, { email, lastName: 'Doe' });

    const [token = ''] = await mailed(ports);
    expect(stored(ports, id)?.state).toBe('deleted');
    await confirmContact(ports, token);

    expect(stored(ports, id)).toMatchObject({ state: 'active', firstName: 'Jane', lastName: 'Doe', confirmed: true });
    expect(segmentsOf(ports, id)).toEqual(['News', 'Subscribers']);
  });

  test('restores nobody who was deleted after it', async () => {
    const { ports, id } = await arranged();
    await sendForm(ports, { email, firstName: 'Janet' });
    const [token = ''] = await mailed(ports);
    await deleteContact(ports, { id });

    expect(await confirmContact(ports, token)).toEqual({ state: 'gone' });
    expect(stored(ports, id)?.state).toBe('deleted');
  });

  test('is not confirmed by the owner of an address that the contact has since', async () => {
    const { ports, id } = await arranged();
    await sendForm(ports, { email, firstName: 'Mallory' });
    await knownContact(ports, { externalCustomerId: 'C-1', email: 'new@example.com' });
    await sendForm(ports, { email: 'new@example.com', lastName: 'Doe', firstName: 'Janet' });

    const tokens = await mailed(ports);
    for (const token of tokens) await confirmContact(ports, token);

    expect(stored(ports, id)).toMatchObject({ firstName: 'Janet', lastName: 'Doe' });
  });

  test('asks for no message where it changes nothing', async () => {
    const { ports } = await arranged();

    await sendForm(ports, { email, firstName: 'Jane', lastName: 'Doe' });

    expect(await mailed(ports)).toEqual([]);
    expect(ports.memory.proposals.size).toBe(0);
  });

  test('is forgotten at once where the stage asks nobody to confirm', async () => {
    const { ports } = await arranged();

    await sendForm({ ...ports, asksForConfirmation: false }, { email, firstName: 'Janet' });

    expect(ports.memory.proposals.size).toBe(0);
  });

  test.each(['spam', 'blacklisted'] as const)('brings no message to an address that is %s', async (reason) => {
    const { ports } = await arranged();
    await ports.suppressions.add([{ address: email, reason, since: noon }]);

    await sendForm(ports, { email, firstName: 'Janet' });

    expect(await mailed(ports)).toEqual([]);
  });
});

describe('messages that forms bring about', () => {
  test('are one in 72 hours for an address, however many forms there are, until its owner has answered one', async () => {
    const { ports } = await arranged();
    for (const firstName of ['A', 'B', 'C']) await sendForm(ports, { email, firstName });
    const [token = '', ...others] = await mailed(ports);
    await sendForm(ports, { email, firstName: 'D' });
    const before = await mailed(ports);
    await confirmContact(ports, token);
    ports.own.clock.now = hoursAfter(noon, 1);

    await sendForm(ports, { email, firstName: 'E' });

    expect([others, before]).toEqual([[], []]);
    expect(await mailed(ports)).toHaveLength(1);
  });

  test('are ten a day to the addresses that somebody makes up of one mailbox', async () => {
    const { ports } = await arranged();
    for (let tag = 0; tag < 25; tag++) await sendForm(ports, { email: `vic.tim+${tag}@gmail.com` });

    expect(await mailed(ports)).toHaveLength(10);
  });
});

describe('an erasure', () => {
  test('removes what forms proposed, and nothing is proposed about who is erased', async () => {
    const { ports, id } = await arranged();
    await sendForm(ports, { email, firstName: 'Janet' });
    const [token = ''] = await mailed(ports);

    await eraseContact(ports, { id });
    const after = await sendForm(ports, { email, firstName: 'Janet' });

    expect(ports.memory.proposals.size).toBe(0);
    expect(after.id).not.toBe(id);
    expect(await confirmContact(ports, token)).toEqual({ state: 'gone' });
    expect(stored(ports, id)?.state).toBe('erased');
  });
});
