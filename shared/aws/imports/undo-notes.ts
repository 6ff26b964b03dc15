import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { UndoNotes } from '#domain/imports/ports.ts';
import type { UndoNote } from '#domain/imports/undo.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { batchWrite } from '../table/batch-write.ts';
import { expiryOf, fromItem, isExpired, toItem } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { itemsOfPartition } from '../table/query.ts';

/** Notes that undoing imports left, an item for each contact and import; they name no value of the contact. */
export const undoNotesOn = (
  client: DynamoDBClient,
  tableName: string,
  { retentionDays, now = Date.now }: { readonly retentionDays: number; readonly now?: () => number },
): UndoNotes => ({
  put: (note) => {
    const ttl = expiryOf(note.importedAt, retentionDays);
    return batchWrite(client, tableName, { put: [toItem({ ...keys.undoNote(note), ttl }, note)] });
  },

  listOf: async (contactId) => {
    const items = await itemsOfPartition(client, tableName, keys.undoNotesOf(contactId));
    return items.filter((item) => !isExpired(item, now())).map((item) => fromItem<UndoNote>(item));
  },
});

const importRetentionDays = /* @__PURE__ */ variable('importRetentionDays');

/** The notes of this stage. */
export const undoNotes: UndoNotes = /* @__PURE__ */ lazily(() =>
  undoNotesOn(dynamodb(), liveTableName(), { retentionDays: Number(importRetentionDays()) }),
);
