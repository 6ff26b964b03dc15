import { randomBytes } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { withRetry } from '../clients/retry.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { fromItem, toItem, toKey } from '../table/item.ts';
import { keys } from '../table/keys.ts';

/** How long a key is remembered; after one is removed, what it signed is believed for as long. */
const memoryMilliseconds = 60_000;

/** The secret of a stage. */
export interface SigningKey {
  /** 256 bits; `undefined` if none was made yet. */
  find(): Promise<Buffer | undefined>;
  /** The same, made if missing. */
  ensure(): Promise<Buffer>;
}

/**
 * A random key of 256 bits, which lies in the table and is made once, on the condition that there is none yet: of several
 * makers the first wins and the others take its key.
 */
export const signingKeyOn = (client: DynamoDBClient, tableName: string, now = Date.now): SigningKey => {
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
  return { find, ensure };
};

const readKey = async (client: DynamoDBClient, TableName: string): Promise<Buffer | undefined> => {
  const { Item } = await withRetry(() =>
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
