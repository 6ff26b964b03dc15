import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsPerChunk } from '#domain/imports/chunk-rows.ts';
import { addContacts, contactWith, importOver, rowsOf, startFlowStack } from '#test/support/flow-stack.ts';
import { type GateProxy, startGateProxy } from '#test/support/gate-proxy.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';

let stack: TestStack;
let store: StackStore;
let gate: GateProxy | undefined;
beforeAll(async () => {
  stack = await startFlowStack({
    redeliverAfterSeconds: 0,
    logLevel: 'SILENT',
    proxies: {
      // Nobody reads rows before they are spoiled.
      s3: async (target) => {
        gate = await startGateProxy(target, ({ method, url }) => method === 'GET' && !!url?.includes('rows.ndjson'));
        return gate.endpoint;
      },
    },
  });
  store = openStackStore(stack);
});
afterAll(async () => {
  store.close();
  await stack.stop();
  await gate?.stop();
});

/** The rows with one that can be read and makes its import fail, at the same length, so that all bytes stay in place. */
const spoiled = (rows: string, row: number): string =>
  rows.replace(new RegExp(`("row":${row},"draft":)(\\{.*\\})(\\}\n)`), (_, before, draft: string, after) =>
    [before, '{"fields":7}'.padEnd(draft.length), after].join(''),
  );

describe('a chunk that cannot be imported', () => {
  const contacts = Array.from({ length: 3 * rowsPerChunk }, (_, index) => contactWith(`poison-${index}@example.com`));
  const poisoned = rowsPerChunk + 7;

  it('ends in the dead-letter queue and its session in ERROR, until it is mended and driven again', async () => {
    const { asyncSessionId } = await addContacts(stack, { contacts, eventKeyForNewContacts: 'poison' });
    const rows = await store.readRows(asyncSessionId);
    await store.writeRows(asyncSessionId, spoiled(rows, poisoned));
    gate?.open();

    const status = await importOver(stack, asyncSessionId);
    const outcomes = await rowsOf(stack, asyncSessionId);
    const session = await stack.request('GET', `/admin/v1/imports/${asyncSessionId}`);
    const [message = ''] = await waitFor('a person is told', async () => {
      const { ready } = await stack.queues.peek('dead-letter');
      return ready.length > 0 && ready;
    });

    expect(status).toMatchObject({
      status: 'ERROR',
      description: expect.stringContaining('250 rows in 1 of 3 chunks'),
    });
    expect(session.json).toMatchObject({ state: 'ERROR', total: 750, read: 750, created: 500, failed: 250 });
    expect(JSON.parse(message)).toMatchObject({ sessionId: asyncSessionId, number: 2 });
    expect(outcomes.map(({ outcome, code }) => code ?? outcome)).toEqual([
      ...Array(rowsPerChunk).fill('created'),
      ...Array(rowsPerChunk).fill('CHUNK_FAILED'),
      ...Array(rowsPerChunk).fill('created'),
    ]);

    await store.writeRows(asyncSessionId, rows);
    await stack.queues.send('chunks', [message]);
    await waitFor('the import is FINISHED', async () => {
      const { json } = await stack.request('GET', `/admin/v1/imports/${asyncSessionId}`);
      return (json as { state: string }).state === 'FINISHED';
    });

    const mended = await rowsOf(stack, asyncSessionId);
    const events = await waitFor('every event is logged', async () => {
      const logged = await stack.events({ type: 'poison' });
      return logged.length >= contacts.length && logged;
    });
    expect(mended.map(({ outcome }) => outcome)).toEqual(contacts.map(() => 'created'));
    expect(new Set(events.map(({ contactId }) => contactId))).toEqual(new Set(mended.map((one) => one.contactId)));
  });
});

describe('an import whose messages were lost', () => {
  it('is found by the sweep and finishes, and the caller sees it', async () => {
    const sessionId = await store.acceptUnsent(
      [1, 2, 3].map((row) => ({ row, draft: { email: `unsent-${row}@example.com` } })),
    );
    const sweep = () => stack.fn('sweep-unfinished').invoke({});

    await waitFor('no chunk waits any more', async () => {
      const { ready, inFlight } = await stack.queues.peek('chunks');
      return ready.length + inFlight.length === 0;
    });
    const looks = [await sweep(), await sweep()];

    expect(looks).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await importOver(stack, sessionId)).toMatchObject({ status: 'FINISHED' });
  });
});
