import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventBusOn } from '#aws/events/event-bus.ts';
import { importFilesOn } from '#aws/imports/import-files.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import type { ImportChunk, ImportRow } from '#domain/imports/import-session.ts';
import type { ImportFiles } from '#domain/imports/ports.ts';
import { clientFor, createBucket, type Engine, startS3 } from '#test/support/engines.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

describe('import files', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startS3();
  });
  afterAll(() => engine.stop());

  const subjects: Record<string, () => Promise<ImportFiles>> = {
    memory: async () => memoryPorts().importFiles,
    S3: async () => {
      const client = new S3Client(clientFor(engine));
      return importFilesOn(client, await createBucket(client));
    },
  };
  const rowOf = (row: number): ImportRow => ({ row, draft: { firstName: `Žofie ${'ů'.repeat(row)} 😀` } });
  const chunkOf = (about: Partial<ImportChunk>): ImportChunk => ({
    sessionId: 'session',
    number: 1,
    rowCount: 2,
    firstByte: 0,
    lastByte: 0,
    state: 'open',
    ...about,
  });

  test.each(Object.entries(subjects))(
    'each chunk reads its own rows, whatever their letters, in %s',
    async (_, open) => {
      const files = await open();
      const chunks = [[rowOf(1), rowOf(2)], [rowOf(3)], [rowOf(4), rowOf(5)]];

      const ranges = await files.putRows('session', chunks);

      const read = await Promise.all(ranges.map((range) => files.readRows(chunkOf(range))));
      expect(read).toEqual(chunks);
    },
  );

  test.each(Object.entries(subjects))('each window of a file has an object of its own, in %s', async (_, open) => {
    const files = await open();
    const chunks = [[rowOf(1), rowOf(2)], [rowOf(3)]];

    const given = await files.putWindow({ sessionId: 'session', number: 1, attemptId: 'a' }, [[rowOf(1)]]);
    const first = await files.putWindow({ sessionId: 'session', number: 1, attemptId: 'b' }, chunks);
    const second = await files.putWindow({ sessionId: 'session', number: 2, attemptId: 'b' }, [[rowOf(4), rowOf(5)]]);
    await files.blankRows({ sessionId: 'session', ...first[0] }, new Set([2, 4]));

    const [blanked, other, later] = await Promise.all(
      [...first, ...second].map((range) => files.readRows(chunkOf(range))),
    );
    expect(await files.listWindows('session')).toEqual([given, first, second].map(([range]) => range?.rowsKey));
    expect(first[0]?.rowsKey).toBe('imports/session/rows/1-b.ndjson');
    expect(blanked).toEqual([rowOf(1), expect.objectContaining({ row: 2, values: {} })]);
    expect(other).toEqual([rowOf(3)]);
    expect(later).toEqual([rowOf(4), rowOf(5)]);
  });

  test.each(Object.entries(subjects))('each attempt keeps outcomes of its own, in %s', async (_, open) => {
    const files = await open();
    const outcome = { row: 1, outcome: 'created', contactId: 7, dedupeValue: 'john@example.com' } as const;

    const first = await files.putOutcomes(chunkOf({}), 'attempt-1', [outcome]);
    const second = await files.putOutcomes(chunkOf({}), 'attempt-2', []);

    expect(first).toBe('imports/session/outcomes/1-attempt-1.ndjson');
    expect(await files.readOutcomes(first)).toEqual([outcome]);
    expect(await files.readOutcomes(second)).toEqual([]);
    expect(await files.listOutcomes('session')).toEqual([first, second]);
    expect(await files.listOutcomes('another')).toEqual([]);
    await expect(files.readOutcomes('imports/none')).rejects.toThrow();
  });

  test.each(Object.entries(subjects))('blanked rows keep the place of all others, in %s', async (_, open) => {
    const files = await open();
    const shortest: ImportRow = { row: 2, draft: {} };
    const ranges = await files.putRows('session', [[rowOf(1), shortest], [rowOf(3)], [rowOf(4), rowOf(5)]]);

    await files.blankRows({ sessionId: 'session' }, new Set([2, 4]));
    await files.blankRows({ sessionId: 'session' }, new Set([4]));

    const read = await Promise.all(ranges.map((range) => files.readRows(chunkOf(range))));
    const blank = (row: number) => ({ row, values: {}, errors: [expect.objectContaining({ code: 'ROW_ERASED' })] });
    expect(read).toEqual([[rowOf(1), blank(2)], [rowOf(3)], [blank(4), rowOf(5)]]);
  });

  test.each(Object.entries(subjects))('two who blank at once both do, in %s', async (_, open) => {
    const files = await open();
    const rows = Array.from({ length: 8 }, (_, index) => rowOf(index + 1));
    const [range] = await files.putRows('session', [rows]);
    const outcomes = rows.map(({ row }) => ({ row, outcome: 'created', dedupeValue: 'x@x.x' }) as const);
    const key = await files.putOutcomes(chunkOf({}), 'attempt', outcomes);

    await Promise.all(
      rows.flatMap(({ row }) => [
        files.blankRows({ sessionId: 'session' }, new Set([row])),
        files.blankOutcomes(key, (outcome) => (outcome.row === row ? { row, outcome: 'created' } : outcome)),
      ]),
    );

    const read = await files.readRows(chunkOf({ ...range, rowCount: rows.length }));
    expect(read.map((row) => 'errors' in row)).toEqual(rows.map(() => true));
    expect(JSON.stringify(await files.readOutcomes(key))).not.toContain('x@x.x');
  });
});

describe('the event bus', () => {
  interface Entry {
    readonly Source: string;
    readonly DetailType: string;
    readonly Detail: string;
    readonly EventBusName: string;
  }
  const calls: Entry[][] = [];
  const accepted: Entry[] = [];
  let answer: (entry: Entry) => string | undefined = () => undefined;
  let server: Server;
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { Entries } = JSON.parse(Buffer.concat(chunks).toString()) as { Entries: Entry[] };
      calls.push(Entries);
      const results = Entries.map((entry) => {
        const ErrorCode = answer(entry);
        if (ErrorCode === undefined) accepted.push(entry);
        return ErrorCode === undefined ? { EventId: 'id' } : { ErrorCode };
      });
      const FailedEntryCount = results.filter((result) => 'ErrorCode' in result).length;
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ FailedEntryCount, Entries: results }));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const bus = () => {
    const { port } = server.address() as AddressInfo;
    const client = new EventBridgeClient(clientFor({ endpoint: `http://127.0.0.1:${port}` }));
    calls.length = 0;
    accepted.length = 0;
    return eventBusOn(client, 'rollcall-test');
  };
  const eventOf = (index: number, about: Partial<ContactEvent> = {}): ContactEvent => ({
    eventId: `event-${index}`,
    eventTypeKey: 'newContact',
    keyValue: 'john@example.com',
    contactId: index,
    params: { contactId: index },
    occurredAt: '2026-01-05T09:00:00.000Z',
    ...about,
  });

  test('takes ten events a call, each with its source, type and detail', async () => {
    answer = () => undefined;

    await bus().publish(Array.from({ length: 23 }, (_, index) => eventOf(index)));

    expect(calls.map(({ length }) => length).toSorted()).toEqual([10, 10, 3]);
    expect(accepted[0]).toMatchObject({
      Source: 'rollcall',
      DetailType: 'newContact',
      EventBusName: 'rollcall-test',
      Detail: JSON.stringify(eventOf(0)),
    });
  });

  test('is sent only the failed entries again', async () => {
    const seen = new Set<string>();
    answer = ({ Detail }) => {
      const isNew = !seen.has(Detail);
      seen.add(Detail);
      return isNew && Detail.includes('event-3') ? 'ThrottlingException' : undefined;
    };

    await bus().publish(Array.from({ length: 10 }, (_, index) => eventOf(index)));

    expect(calls.map(({ length }) => length)).toEqual([10, 1]);
    expect(new Set(accepted.map(({ Detail }) => Detail)).size).toBe(10);
  });

  test('is not asked for ever about an entry that it will never take', async () => {
    answer = () => 'MalformedDetail';

    await expect(bus().publish([eventOf(1)])).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(calls).toHaveLength(1);
  });

  test('is never sent more than a call may weigh', async () => {
    answer = () => undefined;
    const heavy = (index: number) => eventOf(index, { params: { text: 'ů'.repeat(50_000) } });

    await bus().publish(Array.from({ length: 5 }, (_, index) => heavy(index)));

    expect(calls.map(({ length }) => length).toSorted()).toEqual([1, 2, 2]);
  });
});
