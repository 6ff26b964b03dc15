import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Suppression, SuppressionStore } from '#domain/ports.ts';
import { batchGet } from './batch-get.ts';
import { batchInsert } from './batch-insert.ts';
import { batchWrite } from './batch-write.ts';
import { lazily } from './connect.ts';
import { dynamodb, tableName as liveTableName } from './dynamodb-client.ts';
import { fromItem, keyText, toItem, toKey } from './item.ts';
import { keys } from './keys.ts';
import { distinctBy } from './parallel.ts';

/**
 * Suppressed addresses by their hash. The address itself is not stored, because a suppression outlives the erasure of
 * whoever had it.
 */
export const suppressionStore = (client: DynamoDBClient, tableName: string): SuppressionStore => ({
  find: async (emails) => {
    const found = await batchGet(client, tableName, emails.map(suppressionKey));
    return distinctBy(emails, (email) => email).flatMap((email): Suppression[] => {
      const item = found.get(keyText(toKey(suppressionKey(email))));
      return item ? [{ ...fromItem<Omit<Suppression, 'email'>>(item), email }] : [];
    });
  },

  add: async (suppressions) => {
    const first = distinctBy(suppressions, ({ email }) => email);
    const items = first.map(({ email, reason, since }) => toItem(suppressionKey(email), { reason, since }));
    await batchInsert(client, tableName, items, () => true);
  },

  remove: (emails) => batchWrite(client, tableName, { remove: emails.map((email) => toKey(suppressionKey(email))) }),
});

/** The suppressed addresses of this stage. */
export const suppressions: SuppressionStore = lazily(() => suppressionStore(dynamodb(), liveTableName()));

const suppressionKey = (email: string) => keys.suppression(createHash('sha256').update(email).digest('hex'));
