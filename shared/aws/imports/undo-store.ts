import type { DynamoDBClient, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { ImportChunk } from '#domain/imports/import-session.ts';
import type { ImportStore } from '#domain/imports/ports.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { type Key, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';

type UndoStore = Pick<ImportStore, 'beginUndo' | 'moveUndo' | 'endUndo' | 'beginUndoChunk' | 'skipUndoChunk'>;

/** Undos, each in the item of its import, and in its chunks which undo has begun or skipped them. */
export const undoStore = (client: DynamoDBClient, TableName: string): UndoStore => {
  const update = (key: Key, values: object, expressions: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>) =>
    ({ TableName, Key: toKey(key), ...expressions, ExpressionAttributeValues: toValues(values) }) as const;
  const takeChunk = (chunk: ImportChunk, startedAt: string, by: 'begun' | 'skipped'): Promise<boolean> =>
    conditionalWrite(
      client,
      {
        update: update(
          keys.chunk(chunk),
          { ':startedAt': startedAt, ':by': by },
          {
            UpdateExpression: 'SET undoStartedAt = :startedAt, undoState = :by',
            ConditionExpression:
              'attribute_not_exists(undoStartedAt) OR undoStartedAt < :startedAt OR (undoStartedAt = :startedAt AND undoState = :by)',
          },
        ),
      },
      () => false,
    );

  return {
    beginUndo: (sessionId, undo, before) =>
      conditionalWrite(
        client,
        {
          update: update(
            keys.importSession(sessionId),
            { ':undo': undo, ':before': before?.startedAt },
            {
              UpdateExpression: 'SET #undo = :undo',
              ConditionExpression: `attribute_exists(finishedAt) AND ${before ? '#undo.startedAt = :before' : 'attribute_not_exists(#undo)'}`,
              ExpressionAttributeNames: { '#undo': 'undo' },
            },
          ),
        },
        ({ existing, isRepeat }) => isRepeat && existing?.undo?.M?.startedAt?.S === undo.startedAt,
      ),

    moveUndo: async (sessionId, from, to) => {
      const names = from.map((_, index) => `:from${index}`);
      await conditionalWrite(
        client,
        {
          update: update(
            keys.importSession(sessionId),
            { ':to': to, ...Object.fromEntries(from.map((state, index) => [names[index], state])) },
            {
              UpdateExpression: 'SET #undo.#state = :to',
              ConditionExpression: `#undo.#state IN (${names.join(', ')}) AND attribute_not_exists(#undo.finishedAt)`,
              ExpressionAttributeNames: { '#undo': 'undo', '#state': 'state' },
            },
          ),
        },
        () => true,
      );
    },

    endUndo: async (sessionId, undo) => {
      await conditionalWrite(
        client,
        {
          update: update(
            keys.importSession(sessionId),
            { ':undo': undo, ':startedAt': undo.startedAt },
            {
              UpdateExpression: 'SET #undo = :undo',
              ConditionExpression: '#undo.startedAt = :startedAt AND attribute_not_exists(#undo.finishedAt)',
              ExpressionAttributeNames: { '#undo': 'undo' },
            },
          ),
        },
        () => true,
      );
    },

    beginUndoChunk: (chunk, startedAt) => takeChunk(chunk, startedAt, 'begun'),
    skipUndoChunk: (chunk, startedAt) => takeChunk(chunk, startedAt, 'skipped'),
  };
};
