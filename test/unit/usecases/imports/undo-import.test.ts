import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactRemovedEvent, importUndoneEvent } from '#contract/events/events.ts';
import {
  crashAfter,
  createImport,
  deliver,
  ifCrash,
  importRowsOf,
  importSettings,
} from '#test/support/imports/import-runs.ts';
import { breachesIn, imported, peopleIn, undone, undoPorts } from '#test/support/imports/undo-runs.ts';
import { emptyMemory, memoryPorts } from '#test/support/memory-ports.ts';
import { sized } from '#test/support/soak.ts';
import { failChunk } from '#usecases/imports/fail-chunk.ts';
import { importChunk } from '#usecases/imports/import-chunk.ts';
import { startUndo } from '#usecases/imports/start-undo.ts';

const each = <Row>(rows: readonly Row[]) => rows.map((row) => [row]);

describe('undoing an import', () => {
  it('removes whom it created, without a trace, so that the address can be imported as new', async () => {
    const memory = emptyMemory();
    const sessionId = await imported(memory, [{ email: 'new@x.x', firstName: 'New' }]);

    const rows = await undone(memory, sessionId);
    const again = await imported(memory, [{ email: 'new@x.x' }]);

    expect(rows).toEqual([{ row: 1, outcome: 'removed', contactId: 1 }]);
    expect(memory.sessions.get(sessionId)?.undo).toMatchObject({ state: 'FINISHED', counts: { removed: 1, kept: 0 } });
    expect(memory.sessions.get(again)?.counts).toMatchObject({ created: 1 });
  });

  it('tells the bus of its end and of each contact that it removed', async () => {
    const memory = emptyMemory();
    const sessionId = await imported(memory, [{ email: 'a@x.x' }, { email: 'b@x.x' }]);
    memory.published.length = 0;

    await undone(memory, sessionId);

    const [one, other, end] = memory.published;
    expect([one, other].map((event) => contactRemovedEvent.parse(event).params.contactId)).toEqual([1, 2]);
    expect(importUndoneEvent.parse(end).params).toMatchObject({ sessionId, removed: 2 });
    expect(JSON.stringify(memory.published)).not.toContain('@');
  });

  it('tells the bus which segments a contact is in again and which no more, if the stage wants to know', async () => {
    const memory = emptyMemory();
    await imported(memory, [{ email: 'a@x.x' }], { groupNames: ['VIP'] });
    const sessionId = await imported(memory, [{ email: 'a@x.x' }], {
      groupNames: ['Mistakes'],
      groupNamesExclude: ['VIP'],
    });
    memory.published.length = 0;

    await undone(memory, sessionId);
    await undone(memory, sessionId);

    const told = memory.published.filter(({ eventTypeKey }) => eventTypeKey !== 'importUndone');
    expect(told.map(({ eventTypeKey, params }) => [eventTypeKey, params.segmentName])).toEqual([
      ['contactRemovedFromSegment', 'Mistakes'],
      ['contactAddedToSegment', 'VIP'],
    ]);
  });

  it.each([0, 1, 2, 3, 5, 8, 12, 20, 30, 40])(
    'takes back what a chunk wrote before it was given up, after %i operations',
    async (operations) => {
      const memory = emptyMemory();
      await imported(memory, [{ email: 'a@x.x', firstName: 'Ann' }]);
      const before = peopleIn(memory);
      const settings = importSettings({ groupNames: ['Customers'] });
      const drafts = [{ email: 'a@x.x', firstName: 'Anna' }, { email: 'b@x.x' }];
      const [chunk] = await createImport(memoryPorts({ memory }), [importRowsOf(drafts, settings)], settings);
      if (!chunk) throw new Error('There is no chunk');
      const worker = memoryPorts({ memory, step: crashAfter(operations) });
      await importChunk({ ...worker, newId: randomUUID }, chunk).catch(ifCrash);
      const after = peopleIn(memory);
      await failChunk(memoryPorts({ memory }), chunk);

      const predicted = await undone(memory, chunk.sessionId, { dryRun: true });
      const rows = await undone(memory, chunk.sessionId);

      const isIn = (email: string) => after.find((one) => one.email === email);
      const updated = isIn('a@x.x')?.firstName === 'Anna' ? 'restored' : 'nothing';
      const isOver = memory.chunks.get(`${chunk.sessionId}#1`)?.state === 'done';
      if (!isOver) expect(rows.map(({ outcome }) => outcome)).toEqual([updated, isIn('b@x.x') ? 'removed' : 'nothing']);
      expect(rows).toEqual(predicted);
      expect(peopleIn(memory)).toEqual(before);
      expect(breachesIn(memory)).toEqual([]);
    },
  );

  it('gives members, identities and segments back their former values', async () => {
    const memory = emptyMemory();
    await imported(memory, [{ email: 'a@x.x', sms: '380501112233', firstName: 'Ann', address: { town: 'Kyiv' } }], {
      groupNames: ['VIP'],
    });
    const before = peopleIn(memory);
    const sessionId = await imported(
      memory,
      [{ email: 'a@x.x', sms: '380509998877', firstName: 'Anna', lastName: 'Smith', address: { town: 'Lviv' } }],
      { groupNamesExclude: ['VIP'] },
    );

    const rows = await undone(memory, sessionId);

    expect(rows).toEqual([{ row: 1, outcome: 'restored', contactId: 1 }]);
    expect(peopleIn(memory)).toEqual(before);
    expect(breachesIn(memory)).toEqual([]);
  });

  it('gives a device back to the contact that lost it to a row', async () => {
    const memory = emptyMemory();
    const phone = { type: 'mobilepush', value: 'phone' } as const;
    await imported(memory, [{ email: 'a@x.x', tokens: [phone] }, { email: 'b@x.x' }]);
    const before = peopleIn(memory);
    const sessionId = await imported(memory, [{ email: 'b@x.x', tokens: [phone] }]);

    await undone(memory, sessionId);

    expect(peopleIn(memory)).toEqual(before);
    expect(breachesIn(memory)).toEqual([]);
  });

  it('gives an externalCustomerId back that another contact of the import has to give up first', async () => {
    const memory = emptyMemory();
    await imported(memory, [{ email: 'a@x.x', externalCustomerId: 'A' }]);
    const before = peopleIn(memory);
    const moved = { contactFields: ['externalCustomerId'] as const, dedupeOn: 'email' as const };
    const sessionId = await imported(memory, [{ email: 'a@x.x' }, { email: 'b@x.x', externalCustomerId: 'A' }], moved, {
      chunksOf: each,
    });

    const predicted = await undone(memory, sessionId, { dryRun: true });
    const rows = await undone(memory, sessionId);

    expect(rows.map(({ outcome }) => outcome)).toEqual(['restored', 'removed']);
    expect(predicted).toEqual(rows);
    expect(peopleIn(memory)).toEqual(before);
    expect(breachesIn(memory)).toEqual([]);
  });

  it('keeps what was changed since, and says what and when', async () => {
    const memory = emptyMemory();
    await imported(memory, [{ email: 'a@x.x', firstName: 'Ann', lastName: 'Old' }]);
    const sessionId = await imported(memory, [
      { email: 'a@x.x', firstName: 'Anna', lastName: 'New' },
      { email: 'b@x.x', firstName: 'Bob' },
    ]);
    await imported(memory, [
      { email: 'a@x.x', firstName: 'Anne' },
      { email: 'b@x.x', firstName: 'Rob' },
    ]);

    const rows = await undone(memory, sessionId);

    expect(rows[0]).toMatchObject({ outcome: 'restored', reasons: ['firstName was changed since'] });
    expect(rows[1]).toMatchObject({
      outcome: 'kept',
      reasons: [expect.stringMatching(/^was changed since, at 2026-/)],
    });
    expect(peopleIn(memory)).toMatchObject([{ firstName: 'Anne', lastName: 'Old' }, { firstName: 'Rob' }]);
  });

  it('leaves an e-mail address to a contact whose owner has confirmed it since', async () => {
    const memory = emptyMemory();
    await imported(memory, [{ email: 'old@x.x', externalCustomerId: 'A', firstName: 'Ann' }]);
    const sessionId = await imported(memory, [{ email: 'new@x.x', externalCustomerId: 'A', firstName: 'Anna' }], {
      dedupeOn: 'externalCustomerId',
    });
    const [contact] = memory.contacts.values();
    if (!contact) throw new Error('There is no contact');
    const confirmed = { confirmed: true, confirmedAt: '2026-01-20T09:00:00.000Z', updatedBy: 'the owner' };
    memory.contacts.set(contact.id, { ...contact, ...confirmed, version: contact.version + 1 });

    const rows = await undone(memory, sessionId);

    expect(rows).toMatchObject([{ outcome: 'restored', reasons: ['email was changed since'] }]);
    expect(peopleIn(memory)).toMatchObject([{ email: 'new@x.x', firstName: 'Ann', confirmed: true }]);
  });

  it('says by its dry run what it then does, and does nothing by it', async () => {
    const memory = emptyMemory();
    await imported(memory, [{ email: 'a@x.x', firstName: 'Ann' }]);
    const sessionId = await imported(memory, [{ email: 'a@x.x', firstName: 'Anna' }, { email: 'b@x.x' }, { sms: '1' }]);
    const before = structuredClone([memory.contacts, memory.claims, memory.memberships]);

    const predicted = await undone(memory, sessionId, { dryRun: true });
    const untouched = structuredClone([memory.contacts, memory.claims, memory.memberships]);
    const done = await undone(memory, sessionId);

    expect(untouched).toEqual(before);
    expect(predicted).toEqual(done);
    expect(done.map(({ outcome }) => outcome)).toEqual(['restored', 'removed', 'nothing']);
  });

  it('changes nothing the second time, and is refused while the import runs', async () => {
    const memory = emptyMemory();
    const sessionId = await imported(memory, [{ email: 'a@x.x' }]);
    await undone(memory, sessionId);
    const before = structuredClone(memory.contacts);

    await undone(memory, sessionId);

    expect(memory.contacts).toEqual(before);
    await createImport(
      memoryPorts({ memory }),
      [importRowsOf([{ email: 'c@x.x' }], importSettings())],
      importSettings(),
    );
    const [running] = [...memory.sessions.values()].filter(({ finishedAt }) => finishedAt === undefined);
    const begun = startUndo(undoPorts(memory), running?.sessionId ?? '', { dryRun: false, suppressions: false });
    await expect(begun).rejects.toThrow('is over');
  });

  it('takes contacts back that several of its chunks wrote, and says the same of each row', async () => {
    const memory = emptyMemory();
    await imported(memory, [{ email: 'a@x.x', firstName: 'Ann' }]);
    const before = peopleIn(memory);
    const rows = [
      { email: 'a@x.x', firstName: 'B' },
      { email: 'new@x.x', firstName: 'N' },
    ];
    const again = [
      { email: 'a@x.x', firstName: 'C' },
      { email: 'new@x.x', firstName: 'M' },
    ];
    const sessionId = await imported(memory, [...rows, ...again], {}, { chunksOf: each });

    const outcomes = await undone(memory, sessionId);

    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['restored', 'removed', 'restored', 'removed']);
    expect(peopleIn(memory)).toEqual(before);
  });

  it('removes a contact by the last of three undos although one of the imports wrote what was there already', async () => {
    const memory = emptyMemory();
    const created = await imported(memory, [{ email: 'a@x.x', languageCode: 'uk' }]);
    const mask = { contactFields: ['languageCode'] as const };
    const same = await imported(memory, [{ email: 'a@x.x' }, { email: 'a@x.x', languageCode: 'uk' }], mask);
    const changed = await imported(memory, [{ email: 'a@x.x', firstName: 'Ann' }]);

    for (const sessionId of [created, same, changed]) await undone(memory, sessionId);

    expect(peopleIn(memory)).toEqual([]);
  });

  it('gives back what was there when it wrote, not what an import had found that was undone by then', async () => {
    const memory = emptyMemory();
    await imported(memory, [{ email: 'a@x.x', lastName: 'Smith' }], { groupNames: ['VIP'] });
    const first = await imported(memory, [{ email: 'a@x.x' }], {
      contactFields: ['lastName'],
      groupNamesExclude: ['VIP'],
    });
    await undone(memory, first);
    await imported(memory, [{ email: 'a@x.x' }], { contactFields: ['lastName'] });
    const before = peopleIn(memory);
    const second = await imported(memory, [{ email: 'a@x.x', lastName: 'Smith' }]);

    await undone(memory, second);

    expect(peopleIn(memory)).toEqual(before);
  });

  it('ends as if it was never killed, wherever its worker dies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }), async (deaths) => {
        const memory = emptyMemory();
        await imported(memory, [{ email: 'a@x.x', firstName: 'Ann', sms: '380501112233' }]);
        const before = peopleIn(memory);
        const sessionId = await imported(memory, [
          { email: 'a@x.x', firstName: 'Anna', sms: '380509998877' },
          { email: 'b@x.x', firstName: 'Bob' },
        ]);

        await undone(memory, sessionId, {}, deaths);

        expect(peopleIn(memory)).toEqual(before);
        expect(memory.sessions.get(sessionId)?.undo).toMatchObject({
          state: 'FINISHED',
          counts: { removed: 1, restored: 1, kept: 0, nothing: 0, skipped: 0 },
        });
        const removed = memory.published.filter(({ eventTypeKey }) => eventTypeKey === 'contactRemoved');
        expect(new Set(removed.map(({ contactId }) => contactId))).toEqual(new Set([2]));
      }),
      { numRuns: sized(60, 1000) },
    );
  });
});

describe('the suppressions that an import brought in', () => {
  const refusing = async (memory = emptyMemory()) => {
    const settings = importSettings();
    const rows = importRowsOf([{ email: 'a@x.x' }, { email: 'b@x.x' }], settings).map((row) => ({
      ...row,
      refusals: { email: { reason: 'unsubscribed' } as const },
    }));
    const ports = memoryPorts({ memory });
    const [chunk] = await createImport(ports, [rows], settings);
    if (!chunk) throw new Error('There is no chunk');
    await deliver(memory, chunk);
    return { memory, ports, sessionId: chunk.sessionId };
  };

  it('stay unless the undo is asked to lift them', async () => {
    const { memory, sessionId } = await refusing();

    await undone(memory, sessionId);

    expect([...memory.suppressions.keys()]).toEqual(['a@x.x', 'b@x.x']);
  });

  it('are lifted, but for those that somebody else asked for before or since', async () => {
    const { memory, ports, sessionId } = await refusing();
    await ports.suppressions.add([{ address: 'b@x.x', reason: 'unsubscribed', since: '2026-01-09T09:00:00.000Z' }]);

    await undone(memory, sessionId, { suppressions: true }, [20, 40]);

    expect([...memory.suppressions.values()]).toEqual([
      { address: 'b@x.x', reason: 'unsubscribed', since: '2026-01-09T09:00:00.000Z' },
    ]);
  });

  it('stay until every import is undone that brought them in', async () => {
    const { memory, sessionId } = await refusing();
    const { sessionId: other } = await refusing(memory);

    await undone(memory, other, { suppressions: true });
    const between = [...memory.suppressions.keys()];
    await undone(memory, sessionId, { suppressions: true });

    expect([between, memory.suppressions.size]).toEqual([['a@x.x', 'b@x.x'], 0]);
  });
});
