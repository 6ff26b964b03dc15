import { type DynamoDBClient, GetItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ConfirmationKey, Proposals } from '#domain/subscriptions/ports.ts';
import type { KeptProposal } from '#domain/subscriptions/proposal.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { withRetry } from '../clients/retry.ts';
import { batchWrite } from '../table/batch-write.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { expiryOf, fromItem, isExpired, keyOf, toItem, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { itemsOfPartition } from '../table/query.ts';
import { transactWrite } from '../table/transaction.ts';

/** A proposal as an item has it: each member is an attribute of its own, so that a later one is laid over it in one write. */
interface StoredProposal {
  readonly revision: string;
  readonly restores?: boolean;
  readonly segmentIds?: ReadonlySet<number>;
  readonly [member: `=${string}`]: string | null;
}

/**
 * Proposals in the table, one item for each contact and address. Each write checks in the same transaction that the
 * contact is not erased, so that an erasure finds whatever was kept before it, and nothing is kept after it.
 */
export const proposalsOn = (client: DynamoDBClient, TableName: string, now = Date.now): Proposals => {
  const isNotErased = (contactId: number): TransactWriteItem => ({
    ConditionCheck: {
      TableName,
      Key: toKey(keys.contact(contactId)),
      ConditionExpression: 'attribute_exists(pk) AND #state <> :erased',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':erased': { S: 'erased' } },
    },
  });

  return {
    add: async (key, proposal, until) => {
      const seconds = { now: Math.floor(now() / 1000), until: expiryOf(until, 0) };
      const laidOver = updateOf(TableName, key, proposal, seconds);
      if (await transactWrite(client, [isNotErased(key.contactId), laidOver])) return true;
      const replaced = {
        Put: {
          TableName,
          Item: toItem({ ...keys.proposal(key), ttl: seconds.until }, storedOf(proposal)),
          ConditionExpression: '#ttl <= :now',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: toValues({ ':now': seconds.now }),
        },
      };
      return transactWrite(client, [isNotErased(key.contactId), replaced]);
    },

    find: async (key) => {
      const { Item } = await withRetry(() =>
        client.send(new GetItemCommand({ TableName, Key: toKey(keys.proposal(key)), ConsistentRead: true })),
      );
      return Item && !isExpired(Item, now()) ? proposalOf(fromItem<StoredProposal>(Item)) : undefined;
    },

    remove: async (key, revision) => {
      await conditionalWrite(
        client,
        {
          remove: {
            TableName,
            Key: toKey(keys.proposal(key)),
            ConditionExpression: 'revision = :revision',
            ExpressionAttributeValues: toValues({ ':revision': revision }),
          },
        },
        () => true,
      );
    },

    forget: async (contactId) => {
      const items = await itemsOfPartition(client, TableName, keys.proposalPartition(contactId));
      if (items.length > 0) await batchWrite(client, TableName, { remove: items.map((item) => toKey(keyOf(item))) });
    },
  };
};

/** The proposals of this stage. */
export const proposals: Proposals = /* @__PURE__ */ lazily(() => proposalsOn(dynamodb(), liveTableName()));

const memberPrefix = '=';

const storedOf = ({ members, segmentIds, restores, revision }: KeptProposal): StoredProposal => ({
  ...Object.fromEntries(Object.entries(members).map(([name, value]) => [`${memberPrefix}${name}`, value])),
  revision,
  ...(segmentIds.length > 0 && { segmentIds: new Set(segmentIds) }),
  ...(restores && { restores }),
});

const proposalOf = ({ revision, segmentIds = new Set(), restores = false, ...rest }: StoredProposal): KeptProposal => ({
  members: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name.slice(memberPrefix.length), value])),
  segmentIds: [...segmentIds],
  restores,
  revision,
});

/** Lays a proposal over one that is kept; not over one whose time is over, which DynamoDB may take days to delete. */
const updateOf = (
  TableName: string,
  key: ConfirmationKey,
  proposal: KeptProposal,
  seconds: { readonly now: number; readonly until: number },
): TransactWriteItem => {
  const { segmentIds, ...set } = storedOf(proposal);
  const entries = Object.entries({ ...set, ttl: seconds.until });
  return {
    Update: {
      TableName,
      Key: toKey(keys.proposal(key)),
      UpdateExpression: `SET ${entries.map((_, index) => `#m${index} = :m${index}`).join(', ')}${segmentIds ? ' ADD segmentIds :segmentIds' : ''}`,
      ConditionExpression: 'attribute_not_exists(pk) OR #ttl > :now',
      ExpressionAttributeNames: {
        ...Object.fromEntries(entries.map(([name], index) => [`#m${index}`, name])),
        '#ttl': 'ttl',
      },
      ExpressionAttributeValues: toValues({
        ...Object.fromEntries(entries.map(([, value], index) => [`:m${index}`, value])),
        ...(segmentIds && { ':segmentIds': segmentIds }),
        ':now': seconds.now,
      }),
    },
  };
};
