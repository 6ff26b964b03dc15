import { randomUUID } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Birth, BirthLedger } from '#domain/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { batchWrite } from './batch-write.ts';
import { fromEnvironment, lazily } from './connect.ts';
import { dynamodb, tableName as liveTableName } from './dynamodb-client.ts';
import { expiryOf, fromItem, toItem } from './item.ts';
import { keys } from './keys.ts';
import { chunksOf } from './parallel.ts';
import { itemsOfPartition } from './query.ts';

/** Births in one item, far below its 400 KB. */
const birthsPerItem = 5_000;

/** Births in the table, an item a note, deflated: a few bytes a contact, so that a chunk costs a few write units. */
export const birthLedgerOn = (
  client: DynamoDBClient,
  tableName: string,
  { retentionDays }: { retentionDays: number },
): BirthLedger => ({
  note: async (token, births) => {
    const ttl = expiryOf(new Date().toISOString(), retentionDays);
    await batchWrite(client, tableName, {
      put: chunksOf(births, birthsPerItem).map((some) =>
        toItem({ ...keys.births(token, randomUUID()), ttl }, { births: packed(some) }),
      ),
    });
  },

  recall: async (token) => {
    const items = await itemsOfPartition(client, tableName, keys.birthPartition(token));
    return items.flatMap((item) => unpacked(fromItem<{ births: Uint8Array }>(item).births));
  },
});

/** The ledger of births of this stage. */
export const births: BirthLedger = lazily(() =>
  birthLedgerOn(dynamodb(), liveTableName(), {
    retentionDays: Number(fromEnvironment(environmentNames.importRetentionDays)),
  }),
);

const packed = (births: readonly Birth[]): Uint8Array =>
  deflateRawSync(JSON.stringify(births.map(({ contactId, rows }) => [contactId, ...rows])));

const unpacked = (bytes: Uint8Array): Birth[] =>
  (JSON.parse(inflateRawSync(bytes).toString()) as [number, ...number[]][]).map(([contactId, ...rows]) => ({
    contactId,
    rows,
  }));
