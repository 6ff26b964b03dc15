import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ImportStore } from '#domain/imports/ports.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { batchWrite } from '../table/batch-write.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { expiryOf, toItem } from '../table/item.ts';
import { indexKeys, keys } from '../table/keys.ts';
import { updateSession } from './update-session.ts';

/** The part of the import store that accepts imports: a function that does nothing else loads nothing else. */
type AcceptedImports = Pick<ImportStore, 'create' | 'end'>;

/** Creates import sessions with their chunks, and ends them. */
export const acceptedImportsIn = (
  client: DynamoDBClient,
  tableName: string,
  { retentionDays }: { retentionDays: number },
): AcceptedImports => ({
  create: async (session, chunks) => {
    const ttl = expiryOf(session.createdAt, retentionDays);
    await batchWrite(client, tableName, {
      put: chunks.flatMap((chunk) => [
        toItem({ ...keys.chunk(chunk), ttl }, chunk),
        toItem({ ...keys.openChunk(chunk), ttl }),
      ]),
    });
    const Item = toItem(
      { ...keys.importSession(session.sessionId), ...indexKeys.importSession(session), ttl },
      session,
    );
    const ConditionExpression = 'attribute_not_exists(pk)';
    await conditionalWrite(client, { put: { TableName: tableName, Item, ConditionExpression } }, () => true);
  },

  end: (sessionId, { state, counts, finishedAt, reason }) =>
    updateSession(client, tableName, sessionId, {
      UpdateExpression: `SET #state = :state, counts = :counts, finishedAt = :finishedAt${
        reason === undefined ? ' REMOVE reason' : ', reason = :reason'
      }`,
      ConditionExpression: 'attribute_exists(pk) AND #state <> :finished',
      values: {
        ':state': state,
        ':counts': counts,
        ':finishedAt': finishedAt,
        ':reason': reason,
        ':finished': 'FINISHED',
      },
    }),
});

const importRetentionDays = /* @__PURE__ */ variable('importRetentionDays');

/** The imports of this stage, as far as accepting them goes. */
export const acceptedImports: AcceptedImports = /* @__PURE__ */ lazily(() =>
  acceptedImportsIn(dynamodb(), liveTableName(), {
    retentionDays: Number(importRetentionDays()),
  }),
);
