import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ObjectRequests, objectRequestsBy } from '#aws/clients/object-requests.ts';
import { uploadedFilesOn } from '#aws/files/uploaded-files.ts';
import { clientFor, createBucket, type Engine, startS3 } from '#test/support/engines.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startS3();
});
afterAll(() => engine.stop());

const key = 'uploads/e76ec64c-4243-4124-a9e7-b50a2a7a6c90/file';
const text = Array.from({ length: 40_000 }, (_, index) => `${index};line\n`).join('');

const openBucket = async (body = text) => {
  const client = new S3Client(clientFor(engine));
  const Bucket = await createBucket(client);
  const put = (Body: string) => client.send(new PutObjectCommand({ Bucket, Key: key, Body }));
  await put(body);
  const objects = objectRequestsBy(new DynamoDBClient(clientFor(engine)), engine.endpoint);
  return { Bucket, objects, put, files: uploadedFilesOn(objects, Bucket) };
};

const textOf = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

/** Breaks the connection of every answer after so many bytes. */
const breakAnswers = (objects: ObjectRequests, after: number) => {
  let answers = 0;
  const get: ObjectRequests['get'] = async (range) => {
    answers += 1;
    const answer = await objects.get(range);
    return { ...answer, body: brokenAfter(answer.body, after) };
  };
  return { objects: { ...objects, get }, answers: () => answers };
};

async function* brokenAfter(body: AsyncIterable<Uint8Array>, after: number) {
  let left = after;
  for await (const bytes of body) {
    yield bytes.subarray(0, left);
    left -= bytes.length;
    if (left <= 0) throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
  }
}

test('a file is read as a whole and in parts', async () => {
  const { files } = await openBucket();

  const { size, read } = files.open({ key, size: text.length });

  expect(size).toBe(text.length);
  expect(await textOf(await read(0))).toBe(text);
  expect(await textOf(await read(7, 20))).toBe(text.slice(7, 20));
  expect(await textOf(await read(text.length - 3))).toBe(text.slice(-3));
  expect(await textOf(await read(text.length))).toBe('');
});

test('a file whose connection breaks again and again is read to its end, each byte once', async () => {
  const { Bucket, objects } = await openBucket();
  const { objects: breaking, answers } = breakAnswers(objects, 100_000);

  const read = await textOf(await uploadedFilesOn(breaking, Bucket).open({ key, size: text.length }).read(1));

  expect(read).toBe(text.slice(1));
  expect(answers()).toBeGreaterThan(3);
});

test('a file that gives no byte any more is given up', async () => {
  const { Bucket, objects } = await openBucket();
  const { objects: breaking } = breakAnswers(objects, 0);

  const reading = uploadedFilesOn(breaking, Bucket).open({ key, size: text.length }).read(0).then(textOf);

  await expect(reading).rejects.toThrow('aborted');
});

test('a file that is shorter than it was is not taken for a whole one', async () => {
  const { files } = await openBucket('short');

  const reading = files.open({ key, size: text.length }).read(0).then(textOf);

  await expect(reading).rejects.toThrow();
});

test('what was overwritten is not read as the same file', async () => {
  const { files, put } = await openBucket();
  const file = files.open({ key, size: text.length });
  await textOf(await file.read(0, 10));

  await put(text.replaceAll('line', 'lane'));

  await expect(file.read(10, 20).then(textOf)).rejects.toThrow();
});

test('a file that was removed says so to people, and is removed again without harm', async () => {
  const { files } = await openBucket();

  await files.remove({ key, size: 1 });
  await files.remove({ key, size: 1 });

  await expect(files.open({ key, size: text.length }).read(0).then(textOf)).rejects.toMatchObject({
    code: 'FILE_GONE',
    message: 'The file is not there any more; please upload it again',
  });
});
