import { randomUUID } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Creation, CreationLedger } from '#domain/contacts/ports.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { chunksOf } from '../clients/parallel.ts';
import { batchWrite } from '../table/batch-write.ts';
import { expiryOf, fromItem, toItem } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { itemsOfPartition } from '../table/query.ts';

/** Creations in one item, far below its 400 KB. */
const creationsPerItem = 5_000;

/** Creations in the table, an item a note, deflated: a few bytes a contact, so that a chunk costs a few write units. */
export const creationLedgerOn = (
  client: DynamoDBClient,
  tableName: string,
  { retentionDays }: { retentionDays: number },
): CreationLedger => ({
  note: async (token, creations) => {
    const ttl = expiryOf(new Date().toISOString(), retentionDays);
    await batchWrite(client, tableName, {
      put: chunksOf(creations, creationsPerItem).map((some) =>
        toItem({ ...keys.creations(token, randomUUID()), ttl }, { creations: packed(some) }),
      ),
    });
  },

  recall: async (token) => {
    const items = await itemsOfPartition(client, tableName, keys.creationPartition(token));
    return items.flatMap((item) => unpacked(fromItem<{ creations: Uint8Array }>(item).creations));
  },
});

const importRetentionDays = /* @__PURE__ */ variable('importRetentionDays');

/** The ledger of creations of this stage. */
export const creations: CreationLedger = /* @__PURE__ */ lazily(() =>
  creationLedgerOn(dynamodb(), liveTableName(), {
    retentionDays: Number(importRetentionDays()),
  }),
);

const packed = (creations: readonly Creation[]): Uint8Array =>
  deflateRawSync(JSON.stringify(creations.map(({ contactId, rows }) => [contactId, ...rows])));

const unpacked = (bytes: Uint8Array): Creation[] =>
  (JSON.parse(inflateRawSync(bytes).toString()) as [number, ...number[]][]).map(([contactId, ...rows]) => ({
    contactId,
    rows,
  }));
