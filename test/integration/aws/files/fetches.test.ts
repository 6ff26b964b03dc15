import { randomBytes } from 'node:crypto';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchStore } from '#aws/files/fetch-store.ts';
import { offeredFilesOn } from '#aws/files/offered-files.ts';
import { offeredUploadsOn } from '#aws/files/offered-uploads.ts';
import { partialFilesOn } from '#aws/files/partial-files.ts';
import { sealerOn } from '#aws/files/sealer.ts';
import type { FetchStore, PartialFiles, Sealer } from '#domain/files/fetch-ports.ts';
import type { OfferedUpload, OfferedUploads } from '#domain/files/offered-upload.ts';
import { clientFor, createBucket, createTable, type Engine, startDynamoDb, startS3 } from '#test/support/engines.ts';
import { loseAnswers } from '#test/support/faults.ts';
import { sha256Of } from '#test/support/memory/memory-fetches.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

let dynamodb: Engine;
let s3: Engine;

beforeAll(async () => {
  [dynamodb, s3] = await Promise.all([startDynamoDb(), startS3()]);
});
afterAll(() => Promise.all([dynamodb.stop(), s3.stop()]));

const openTable = async () => {
  const client = new DynamoDBClient(clientFor(dynamodb));
  return { client, tableName: await createTable(client) };
};

const openBucket = async () => {
  const client = new S3Client({ ...clientFor(s3), requestChecksumCalculation: 'WHEN_REQUIRED' });
  return { client, bucket: await createBucket(client) };
};

const sessionId = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';
const session = { createdAt: '2026-01-05T09:00:00.000Z' };
const [now, later] = ['2026-01-05T09:00:01.000Z', '2026-01-05T10:00:00.000Z'];
const one = { sessionId, attemptId: 'one' };
const two = { sessionId, attemptId: 'two' };
const file = { key: `uploads/${sessionId}/file`, uploadId: 'abc' };
const [first, second] = [
  { etag: '"1"', size: 8 },
  { etag: '"2"', size: 9 },
];

const fetchStores: Record<string, () => Promise<{ fetches: FetchStore; client?: DynamoDBClient }>> = {
  memory: async () => ({ fetches: memoryPorts().fetches }),
  DynamoDB: async () => {
    const { client, tableName } = await openTable();
    return { client, fetches: fetchStore(client, tableName, { retentionDays: 36_500 }) };
  },
};

describe.each(Object.entries(fetchStores))('fetches in %s', (_, open) => {
  test('begin with nothing, and remember when', async () => {
    const { fetches } = await open();

    expect(await fetches.take(one, session, now)).toEqual({ startedAt: now });
    expect(await fetches.take(two, session, later)).toEqual({ startedAt: now });
  });

  test('are gone on with by the next attempt where the last one was, part by part', async () => {
    const { fetches } = await open();
    await fetches.take(one, session, now);

    expect(await fetches.begin(one, { file, validator: '"v"', size: 17 })).toBe(true);
    expect(await fetches.addPart(one, 1, first)).toBe(true);
    expect(await fetches.addPart(one, 2, second)).toBe(true);
    expect(await fetches.addPart(one, 2, second)).toBe(true);

    const progress = { file, validator: '"v"', size: 17, parts: [first, second] };
    expect(await fetches.take(two, session, later)).toEqual({ startedAt: now, progress });
  });

  test('are left alone by an attempt that another took over from', async () => {
    const { fetches } = await open();
    await fetches.take(one, session, now);
    await fetches.begin(one, { file });
    await fetches.take(two, session, later);

    const verdicts = [
      await fetches.begin(one, { file: { ...file, uploadId: 'other' } }),
      await fetches.addPart(one, 1, first),
      await fetches.finish(one, { key: file.key, size: 1 }),
      await fetches.abandon(one),
    ];

    expect(verdicts).toEqual([false, false, false, false]);
    expect(await fetches.take(two, session, later)).toEqual({ startedAt: now, progress: { file, parts: [] } });
  });

  test('forget their parts when they begin anew, and when they are given up', async () => {
    const { fetches } = await open();
    await fetches.take(one, session, now);
    await fetches.begin(one, { file, validator: '"v"' });
    await fetches.addPart(one, 1, first);
    const anew = { ...file, uploadId: 'def' };

    await fetches.begin(one, { file: anew });
    expect((await fetches.take(one, session, later)).progress).toEqual({ file: anew, parts: [] });
    expect(await fetches.abandon(one)).toBe(true);

    expect(await fetches.take(one, session, later)).toEqual({ startedAt: now });
  });

  test('end in a file', async () => {
    const { fetches } = await open();
    await fetches.take(one, session, now);
    await fetches.begin(one, { file });
    await fetches.addPart(one, 1, first);

    expect(await fetches.finish(one, { key: file.key, size: 8 })).toBe(true);

    expect(await fetches.take(two, session, later)).toEqual({ startedAt: now, stored: { key: file.key, size: 8 } });
  });

  test('of different sessions have nothing to do with each other', async () => {
    const { fetches } = await open();
    await fetches.take(one, session, now);

    expect(await fetches.begin({ ...one, sessionId: 'another' }, { file })).toBe(false);
  });

  test('are written as they should be though the answers are lost', async () => {
    const { fetches, client } = await open();
    if (client) loseAnswers(client, 'UpdateItemCommand', 4);
    await fetches.take(one, session, now);

    const verdicts = [
      await fetches.begin(one, { file }),
      await fetches.addPart(one, 1, first),
      await fetches.addPart(one, 2, second),
    ];

    expect(verdicts).toEqual([true, true, true]);
    expect((await fetches.take(two, session, later)).progress?.parts).toEqual([first, second]);
  });
});

describe('a fetch', () => {
  test('of 5 GB, the largest, is one item of the table', async () => {
    const { client, tableName } = await openTable();
    const fetches = fetchStore(client, tableName, { retentionDays: 1 });
    await fetches.take(one, session, now);
    await fetches.begin(one, { file: { ...file, uploadId: 'x'.repeat(200) }, validator: `"${'v'.repeat(200)}"` });

    for (let number = 1; number <= 640; number++) {
      await fetches.addPart(one, number, { etag: `"${'e'.repeat(32)}"`, size: 8 * 1024 * 1024 });
    }

    expect((await fetches.take(two, session, later)).progress?.parts).toHaveLength(640);
    const { Items = [] } = await client.send(new ScanCommand({ TableName: tableName }));
    expect(JSON.stringify(Items).length).toBeLessThan(100_000);
    expect(Items[0]?.ttl?.N).toBe(String(Date.parse(session.createdAt) / 1000 + 86_400));
  });
});

const partialFiles: Record<string, () => Promise<{ files: PartialFiles; read: (key: string) => Promise<Buffer> }>> = {
  memory: async () => {
    const { partialFiles: files, memory } = memoryPorts();
    return { files, read: async (key) => memory.files.get(key) ?? Buffer.alloc(0) };
  },
  S3: async () => {
    const { client, bucket } = await openBucket();
    const read = async (Key: string) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    };
    return { files: partialFilesOn(client, bucket), read };
  },
};

describe.each(Object.entries(partialFiles))('a file in parts in %s', (_, open) => {
  const write = async (files: PartialFiles, pieces: readonly Buffer[]) => {
    const begun = await files.begin(files.keyOf(sessionId));
    const parts = [];
    for (const [index, bytes] of pieces.entries()) {
      parts.push({ etag: (await files.putPart(begun, index + 1, bytes)) ?? '', size: bytes.length });
    }
    return { begun, parts };
  };

  test('is the parts one after the other', async () => {
    const { files, read } = await open();
    const pieces = [randomBytes(files.partSize), randomBytes(files.smallestPart), randomBytes(7)];
    const { begun, parts } = await write(files, pieces);

    expect(await files.complete(begun, parts)).toBe(true);

    expect(begun.key).toBe(`uploads/${sessionId}/file`);
    expect((await read(begun.key)).equals(Buffer.concat(pieces))).toBe(true);
  });

  test('has the last of two parts under one number', async () => {
    const { files, read } = await open();
    const { begun } = await write(files, [Buffer.from('one')]);
    const etag = (await files.putPart(begun, 1, Buffer.from('two'))) ?? '';

    expect(await files.complete(begun, [{ etag, size: 3 }])).toBe(true);

    expect((await read(begun.key)).toString()).toBe('two');
  });

  test('is none where a part is another one than was noted', async () => {
    const { files } = await open();
    const { begun, parts } = await write(files, [Buffer.from('one')]);
    await files.putPart(begun, 1, Buffer.from('two'));

    expect(await files.complete(begun, parts)).toBe(false);
    expect(await files.complete(begun, [...parts, { etag: '"00000000000000000000000000000000"', size: 1 }])).toBe(
      false,
    );
  });

  test('is over once it was taken back or joined', async () => {
    const { files } = await open();
    const taken = await write(files, [Buffer.from('one')]);
    await files.abort(taken.begun);
    await files.abort(taken.begun);
    const joined = await write(files, [Buffer.from('one')]);
    await files.complete(joined.begun, joined.parts);

    for (const { begun, parts } of [taken, joined]) {
      expect(await files.putPart(begun, 2, Buffer.from('two'))).toBeUndefined();
      expect(await files.complete(begun, parts)).toBe(false);
    }
  });
});

const sealers: Record<string, () => Promise<Sealer>> = {
  memory: async () => memoryPorts().sealer,
  DynamoDB: async () => {
    const { client, tableName } = await openTable();
    return sealerOn(client, tableName);
  },
};

describe.each(Object.entries(sealers))('what is sealed with the key in %s', (_, open) => {
  const link = 'https://user:пароль@files.example/a.csv';

  test('opens in its own context only', async () => {
    const sealer = await open();

    const sealed = await sealer.seal(link, sessionId);

    expect(sealed).toMatch(/^[\w-]+$/);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('files.example');
    expect(await sealer.open(sealed, sessionId)).toBe(link);
    expect(await sealer.open(sealed, 'another')).toBeUndefined();
  });

  test('does not open where it was changed', async () => {
    const sealer = await open();
    await sealer.seal(link, sessionId);

    for (const sealed of ['', 'abc', 'x'.repeat(100)]) expect(await sealer.open(sealed, sessionId)).toBeUndefined();
  });
});

describe('a sealer', () => {
  test('never seals one text twice in the same way, and minds every bit', async () => {
    const { client, tableName } = await openTable();
    const sealer = sealerOn(client, tableName);
    const [one, other] = [await sealer.seal('a', sessionId), await sealer.seal('a', sessionId)];

    expect(one).not.toBe(other);
    const bytes = Buffer.from(one, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await sealer.open(changed.toString('base64url'), sessionId)).toBeUndefined();
    }
  });

  test('opens for every function of the stage and for no other stage', async () => {
    const { client, tableName } = await openTable();
    const elsewhere = await openTable();
    const sealed = await sealerOn(client, tableName).seal('a', sessionId);
    await sealerOn(elsewhere.client, elsewhere.tableName).seal('b', sessionId);

    expect(await sealerOn(client, tableName).open(sealed, sessionId)).toBe('a');
    expect(await sealerOn(elsewhere.client, elsewhere.tableName).open(sealed, sessionId)).toBeUndefined();
    expect(await sealerOn(client, await createTable(client)).open(sealed, sessionId)).toBeUndefined();
  });
});

const offerOf = (bytes: Buffer, times: Partial<OfferedUpload> = {}): OfferedUpload => ({
  uploadId: crypto.randomUUID(),
  size: bytes.length,
  sha256: sha256Of(bytes),
  fileName: 'a.csv',
  createdAt: new Date().toISOString(),
  expiresAt: new Date(Date.now() + 60_000).toISOString(),
  ...times,
});

const offerStores: Record<string, () => Promise<OfferedUploads>> = {
  memory: async () => memoryPorts().offeredUploads,
  DynamoDB: async () => {
    const { client, tableName } = await openTable();
    return offeredUploadsOn(client, tableName);
  },
};

describe.each(Object.entries(offerStores))('offers in %s', (_, open) => {
  test('are found by their id', async () => {
    const offers = await open();
    const offer = offerOf(Buffer.from('a'));
    await offers.note(offer);

    expect(await offers.find(offer.uploadId)).toEqual(offer);
    expect(await offers.find(sessionId)).toBeUndefined();
  });
});

test('an offer is forgotten after three days', async () => {
  const { client, tableName } = await openTable();
  const offers = offeredUploadsOn(client, tableName);
  const offer = offerOf(Buffer.from('a'), { createdAt: new Date(Date.now() - 3.1 * 86_400_000).toISOString() });
  await offers.note(offer);

  expect(await offers.find(offer.uploadId)).toBeUndefined();
});

describe('a file that a caller sends to the bucket', () => {
  const bytes = Buffer.from('email\njohn@example.com\n');
  const openFiles = async () => {
    const { client, bucket } = await openBucket();
    return offeredFilesOn(client, bucket);
  };
  const put = ({ url, headers }: { url: string; headers: Readonly<Record<string, string>> }, body = bytes) =>
    fetch(url, { method: 'PUT', headers, body });

  test('is there, once, and is looked at by its hash', async () => {
    const files = await openFiles();
    const offer = offerOf(bytes);
    const request = await files.requestFor(offer);

    expect(await files.look(offer)).toBe('missing');
    expect((await put(request)).status).toBe(200);
    expect(await files.look(offer)).toEqual({ key: `uploads/${offer.uploadId}/file`, size: bytes.length });
    expect((await put(request, Buffer.from('another'))).status).toBe(412);
    expect(await files.look(offer)).toMatchObject({ size: bytes.length });
  });

  test('is another one where its size or its hash is', async () => {
    const files = await openFiles();
    for (const body of [Buffer.from('shorter'), Buffer.from('email\njane@example.com\n')]) {
      const offer = offerOf(bytes);
      await put(await files.requestFor(offer), body);

      expect(await files.look(offer)).toBe('other');
    }
  });

  test('has to come with what was signed: host, length, hash, and that nothing is there yet', async () => {
    const { url, headers } = await (await openFiles()).requestFor(offerOf(bytes));

    const query = new URL(url).searchParams;
    expect(query.get('X-Amz-SignedHeaders')).toBe('content-length;host;if-none-match;x-amz-checksum-sha256');
    expect(query.get('X-Amz-Expires')).toBe('60');
    expect(headers).toEqual({ 'x-amz-checksum-sha256': sha256Of(bytes), 'If-None-Match': '*' });
  });
});
