import { createServer } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { objectRequestsBy } from '#aws/clients/object-requests.ts';
import { importFilesOn } from '#aws/imports/import-files.ts';
import { rowObjectsBy } from '#aws/imports/row-objects.ts';
import { listenOn } from '#infra/local/engine/listen.ts';
import { clientFor, createBucket, type Engine, startS3 } from '#test/support/engines.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startS3();
});
afterAll(() => engine.stop());

const sessionId = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';
const rows = [
  [{ row: 1, draft: { email: 'john@example.com', firstName: 'Їжак 🎉' } }],
  [{ row: 2, draft: { email: 'jane@example.com' } }],
];

/** A server that gives these answers in turn and keeps the requests. */
const answering = async (...answers: readonly (readonly [status: number, body: string])[]) => {
  const seen: { url: string | undefined; authorization: string | undefined; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const [status, body] = answers[Math.min(seen.length, answers.length - 1)] ?? [200, ''];
    seen.push({
      url: request.url,
      authorization: request.headers.authorization,
      body: Buffer.concat(chunks).toString(),
    });
    response.writeHead(status).end(body);
  });
  const endpoint = `http://127.0.0.1:${await listenOn(server, 0)}`;
  const client = new DynamoDBClient(clientFor({ endpoint }));
  const { put } = objectRequestsBy(client, endpoint);
  return {
    seen,
    put: () => put({ bucket: 'b', key: 'a/x y', body: Buffer.from('1'), contentType: 'text/plain' }),
    stop: () => server.close(),
  };
};

describe('objects that are written without a client of S3', () => {
  test('are read again by one, byte by byte', async () => {
    const client = new S3Client(clientFor(engine));
    const bucket = await createBucket(client);
    const { put } = objectRequestsBy(new DynamoDBClient(clientFor(engine)), engine.endpoint);
    const objects = rowObjectsBy((key, body) => put({ bucket, key, body, contentType: 'application/x-ndjson' }));

    const ranges = await objects.putRows(sessionId, rows);

    const chunks = ranges.map((range, index) => ({
      sessionId,
      number: index + 1,
      rowCount: 1,
      ...range,
      state: 'open' as const,
    }));
    expect(await Promise.all(chunks.map((chunk) => importFilesOn(client, bucket).readRows(chunk)))).toEqual(rows);
  });

  test('are signed for S3 and written again while S3 is busy', async () => {
    const { seen, put, stop } = await answering([503, '<Error><Code>SlowDown</Code></Error>'], [200, '']);

    await put();
    stop();

    expect(seen).toHaveLength(2);
    expect(seen[1]).toMatchObject({ url: '/b/a/x%20y', body: '1' });
    expect(seen[1]?.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=S3RVER\/\d{8}\/eu-central-1\/s3\/aws4_request, /,
    );
  });

  test('fail at once, with the code of S3 as the cause, if repeating does not help', async () => {
    const { seen, put, stop } = await answering([403, '<Error><Code>AccessDenied</Code></Error>']);

    const error = await put().catch((reason: unknown) => reason);
    stop();

    expect(error).toMatchObject({ code: 'INTERNAL', cause: { name: 'AccessDenied' } });
    expect(seen).toHaveLength(1);
  });
});
