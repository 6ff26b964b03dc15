import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LaunchClaim, WorkflowLaunches } from '#domain/workflows/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { batchWrite } from '../table/batch-write.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { expiryOf, type Item, toItem, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';

/** How long the launches of an hour are counted for events that come late. */
const countedDays = 2;

/**
 * Launches by the hash of their key: an item for each that says which run it was, and one for each hour that names its
 * runs, so that the same run counts once.
 */
export const workflowLaunchesOn = (client: DynamoDBClient, TableName: string): WorkflowLaunches => ({
  claim: async ({ workflowId, runId, keyValue, contactId, occurredAt }, within) => {
    const hash = hashOf(keyValue);
    const key = keys.launchClaim(workflowId, hash);
    const ttl = within && { ttl: Math.ceil(Date.parse(within.expiresAt) / 1000) };
    if (contactId !== undefined) {
      const pointer = toItem({ ...keys.launchOf(contactId, workflowId, hash), ...ttl }, { claim: key });
      await batchWrite(client, TableName, { put: [pointer] });
    }
    const condition = 'attribute_not_exists(pk) OR runId = :runId';
    return conditionalWrite(
      client,
      {
        put: {
          TableName,
          Item: toItem({ ...key, ...ttl }, { runId, occurredAt }),
          ConditionExpression: within ? `${condition} OR occurredAt <= :since` : condition,
          ExpressionAttributeValues: toValues({ ':runId': runId, ...(within && { ':since': within.since }) }),
        },
      },
      ({ existing }) => existing?.runId?.S === runId,
    );
  },

  count: ({ workflowId, runId, keyValue, contactId, occurredAt }, most) =>
    conditionalWrite(
      client,
      {
        update: {
          TableName,
          Key: toKey(keys.launchCount(workflowId, hashOf(String(contactId ?? keyValue)), occurredAt.slice(0, 13))),
          UpdateExpression: 'ADD runIds :run SET #ttl = :ttl',
          ConditionExpression: 'attribute_not_exists(runIds) OR size(runIds) < :most OR contains(runIds, :runId)',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: {
            ':run': { SS: [runId] },
            ...toValues({ ':runId': runId, ':most': most, ':ttl': expiryOf(occurredAt, countedDays) }),
          },
        },
      },
      ({ existing }) => isAmong(existing, runId),
    ),
});

/** The launches of this stage. */
export const workflowLaunches: WorkflowLaunches = /* @__PURE__ */ lazily(() =>
  workflowLaunchesOn(dynamodb(), liveTableName()),
);

/** A key may be an address, and what is launched once is remembered for good. */
const hashOf = (key: LaunchClaim['keyValue']): string => createHash('sha256').update(key).digest('hex');

const isAmong = (item: Item | undefined, runId: string): boolean => item?.runIds?.SS?.includes(runId) === true;
