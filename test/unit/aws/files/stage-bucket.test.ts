import { DeleteObjectsCommand, type S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { stageBucketOn } from '#aws/files/stage-bucket.ts';

test('a bucket is emptied, page by page', async () => {
  const keys = new Set(Array.from({ length: 2_500 }, (_, index) => `imports/${index}/rows.ndjson`));
  const calls: string[] = [];
  const send = async (command: object) => {
    calls.push(command.constructor.name);
    if (!(command instanceof DeleteObjectsCommand))
      return { Contents: [...keys].slice(0, 1_000).map((Key) => ({ Key })) };
    for (const { Key = '' } of command.input.Delete?.Objects ?? []) keys.delete(Key);
    return {};
  };

  await stageBucketOn({ send } as unknown as S3Client, 'bucket').empty();

  expect(keys.size).toBe(0);
  expect(calls.filter((name) => name === 'DeleteObjectsCommand')).toHaveLength(3);
});

describe('a bucket goes with its stack', () => {
  /** A client whose every call ends so. */
  const answering = (call: () => unknown) => ({ send: async () => call() }) as unknown as S3Client;

  test.each([
    { title: 'where it has the tag', tags: [{ Key: 'rollcall:emptied-with-stack', Value: 'true' }], goes: true },
    { title: 'and not where it lost the tag', tags: [{ Key: 'another', Value: 'true' }], goes: false },
  ])('$title', async ({ tags, goes }) => {
    expect(
      await stageBucketOn(
        answering(() => ({ TagSet: tags })),
        'bucket',
      ).goesWithStack(),
    ).toBe(goes);
  });

  test('and not where it has no tags at all', async () => {
    const untagged = answering(() => {
      throw Object.assign(new Error('The TagSet does not exist'), { name: 'NoSuchTagSet' });
    });

    expect(await stageBucketOn(untagged, 'bucket').goesWithStack()).toBe(false);
  });

  test('and nobody knows where its tags cannot be read', async () => {
    const denied = answering(() => {
      throw Object.assign(new Error('Access Denied'), { name: 'AccessDenied' });
    });

    await expect(stageBucketOn(denied, 'bucket').goesWithStack()).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  test('and is not empty where an object stays', async () => {
    const stuck = answering(() => ({ Contents: [{ Key: 'a' }], Errors: [{ Key: 'a', Code: 'AccessDenied' }] }));

    await expect(stageBucketOn(stuck, 'bucket').empty()).rejects.toThrow(/AccessDenied/);
  });
});
