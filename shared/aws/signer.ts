import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Signer } from '#domain/confirmation-ports.ts';
import { conditionalWrite } from './conditional-write.ts';
import { lazily } from './connect.ts';
import { dynamodb, tableName as liveTableName } from './dynamodb-client.ts';
import { fromItem, toItem, toKey } from './item.ts';
import { keys } from './keys.ts';
import { patiently } from './retry.ts';

/** How long a key is remembered; after one is removed, what it signed is believed for as long. */
const memoryMilliseconds = 60_000;

/**
 * HMAC-SHA-256 with a random key of 256 bits, which lies in the table and is made once, on the condition that there is
 * none yet: of several makers the first wins and the others take its key.
 */
export const signerOn = (client: DynamoDBClient, tableName: string, now = Date.now): Signer => {
  let remembered: { readonly key: Buffer; readonly until: number } | undefined;

  const find = async (): Promise<Buffer | undefined> => {
    if (remembered && remembered.until > now()) return remembered.key;
    const key = await readKey(client, tableName);
    remembered = key && { key, until: now() + memoryMilliseconds };
    return key;
  };
  const ensure = async (): Promise<Buffer> => {
    const found = await find();
    if (found) return found;
    await makeKey(client, tableName);
    const made = await find();
    if (!made) throw new Error('The signing key vanished while it was made');
    return made;
  };

  return {
    sign: async (text) => signatureOf(await ensure(), text),
    isSigned: async (text, signature) => {
      const key = await find();
      return key !== undefined && isEqual(signatureOf(key, text), signature);
    },
  };
};

/** The signer of this stage. */
export const signer: Signer = lazily(() => signerOn(dynamodb(), liveTableName()));

const signatureOf = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('base64url');

/** Compares the texts, not the bytes that they stand for: one signature has one spelling only. */
const isEqual = (expected: string, given: string): boolean => {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
};

const readKey = async (client: DynamoDBClient, TableName: string): Promise<Buffer | undefined> => {
  const { Item } = await patiently(() =>
    client.send(new GetItemCommand({ TableName, Key: toKey(keys.signingKey), ConsistentRead: true })),
  );
  return Item && Buffer.from(fromItem<{ secret: string }>(Item).secret, 'base64url');
};

const makeKey = async (client: DynamoDBClient, TableName: string): Promise<void> => {
  const Item = toItem(keys.signingKey, { secret: randomBytes(32).toString('base64url') });
  await conditionalWrite(
    client,
    { put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
    () => true,
  );
};
