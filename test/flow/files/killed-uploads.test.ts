import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBreaches } from '#domain/contacts/invariants.ts';
import { type ServedFiles, serveFiles } from '#test/support/files/served-files.ts';
import { csvOf } from '#test/support/files/upload-flow.ts';
import { importOver, rowsOf, startFlowStack } from '#test/support/flow-stack.ts';
import { killUploadWorkers } from '#test/support/imports/random-deaths.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { sized } from '#test/support/soak.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';

const uploads = sized(3, 20);
const rows = sized(1_000, 20_000);

/** Most contacts are in several files, so that these get in each other's way. */
const shift = rows / 4;
const distinct = (uploads - 1) * shift + rows;

let stack: TestStack;
let store: StackStore;
let served: ServedFiles;
beforeAll(async () => {
  stack = await startFlowStack({
    redeliverAfterSeconds: 0,
    maxReceiveCount: 1000,
    maxSandboxes: 3,
    logLevel: 'SILENT',
    allowances: { loopbackLinks: true },
  });
  store = openStackStore(stack);
  const files = Array.from({ length: uploads }, (_, number) => [
    `${number}.csv`,
    Buffer.from(csvOf(rows, { first: number * shift })),
  ]);
  served = await serveFiles(new Map(files as [string, Buffer][]));
});
afterAll(async () => {
  await served.close();
  store.close();
  await stack.stop();
});

describe(`${uploads} files of ${rows} rows, whose workers are killed at random moments`, () => {
  it('account for every row, duplicate no contact and lose no creation event', async () => {
    const sessions = await Promise.all(Array.from({ length: uploads }, (_, number) => upload(`${number}.csv`)));
    const dead = await killUploadWorkers(stack, { seed: 11, times: 10 * uploads }, () => allOver(sessions));
    const statuses = [];
    for (const session of sessions) statuses.push((await importOver(stack, session, 600)).status);

    const outcomes = await Promise.all(sessions.map((session) => rowsOf(stack, session)));
    const { claims, contacts } = await store.holdings();
    await waitFor('the event log has caught up', () => isEmpty('event-log'), 120);
    const events = await stack.events({ type: 'survivor' });

    expect(dead.total).toBeGreaterThan(uploads);
    expect(statuses).toEqual(sessions.map(() => 'FINISHED'));
    for (const session of outcomes) {
      expect(session.map(({ row }) => row).sort((one, other) => one - other)).toEqual(
        Array.from({ length: rows }, (_, index) => index + 1),
      );
      expect(session.filter(({ contactId }) => contactId === undefined)).toEqual([]);
    }
    expect(new Set(contacts.map(({ email }) => email)).size).toBe(distinct);
    expect(contacts).toHaveLength(distinct);
    expect(outcomes.flat().filter(({ outcome }) => outcome === 'created')).toHaveLength(distinct);
    expect(new Set(events.map(({ eventId }) => eventId))).toEqual(new Set(contacts.map(({ id }) => `survivor:${id}`)));
    expect(findBreaches({ claims, contacts })).toEqual([]);
  }, 3_600_000);

  const upload = async (name: string): Promise<string> => {
    const body = { link: served.linkOf(name), eventKeyForNewContacts: 'survivor' };
    const { json } = await stack.request('POST', '/api/v1/contacts/upload', { body });
    return (json as { asyncSessionId: string }).asyncSessionId;
  };

  const isEmpty = async (queue: string): Promise<boolean> => {
    const { ready, inFlight } = await stack.queues.peek(queue);
    return ready.length + inFlight.length === 0;
  };

  const allOver = async (sessions: readonly string[]): Promise<boolean> => {
    for (const session of sessions) {
      const { json } = await stack.request('GET', `/api/v1/importstatus/${session}`);
      const { status } = json as { status: string };
      if (status !== 'FINISHED' && status !== 'ERROR') return false;
    }
    return true;
  };
});
