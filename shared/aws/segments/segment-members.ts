import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Membership, SegmentMembers } from '#domain/segments/ports.ts';
import type { SegmentEpoch } from '#domain/segments/segment.ts';
import { table } from '#names/table.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { inParallel } from '../clients/parallel.ts';
import { fromItem, type Item } from '../table/item.ts';
import { indexKeys, shards } from '../table/keys.ts';
import { newestFirst } from '../table/newest-first.ts';
import { countItems, queryItems } from '../table/query.ts';

/** The members of segments in the index that their memberships share, whose key has the epoch and a shard. */
export const segmentMembersOn = (client: DynamoDBClient, tableName: string): SegmentMembers => ({
  count: async (epoch) => {
    const counts = await inParallel(shards, (shard) => countItems(client, queryOf(tableName, epoch, shard)));
    return counts.reduce((sum, count) => sum + count, 0);
  },

  list: async (epoch, { isAscending, limit, after }) => {
    const partitions = shards.map((shard) => indexKeys.membersOf(epoch, shard));
    const list = { ...table.byGroup, partitions, isAscending };
    const page = { limit, ...(after !== undefined && { cursor: indexKeys.member(after) }) };
    const { items } = await newestFirst<Membership>(client, tableName, list, page);
    return items.map(({ contactId }) => contactId);
  },

  walk: async (epoch, { limit, cursor }) => {
    const contactIds: number[] = [];
    let place: Place | undefined = placeOf(cursor);
    while (place && contactIds.length < limit) {
      const wanted = limit - contactIds.length;
      const items: Item[] = await queryItems(client, queryOf(tableName, epoch, place.shard, place.after), wanted);
      contactIds.push(...items.map((item) => fromItem<Membership>(item).contactId));
      place = items.length < wanted ? nextShard(place) : { ...place, after: items.at(-1)?.groupSort?.S ?? '' };
    }
    return { items: contactIds, ...(place && { cursor: `${place.shard}#${place.after}` }) };
  },
});

/** The members of this stage's segments. */
export const segmentMembers: SegmentMembers = /* @__PURE__ */ lazily(() =>
  segmentMembersOn(dynamodb(), liveTableName()),
);

/** The place of a walk: after a sort key of a shard. */
interface Place {
  readonly shard: number;
  readonly after: string;
}

const placeOf = (cursor = '0#'): Place => {
  const [shard, after = ''] = cursor.split('#');
  return { shard: Number(shard), after };
};

const nextShard = ({ shard }: Place): Place | undefined =>
  shard + 1 < shards.length ? { shard: shard + 1, after: '' } : undefined;

const queryOf = (TableName: string, epoch: SegmentEpoch, shard: number, after = ''): QueryCommandInput => ({
  TableName,
  IndexName: table.byGroup.indexName,
  KeyConditionExpression: `#partition = :partition${after === '' ? '' : ' AND #sort > :after'}`,
  ExpressionAttributeNames: {
    '#partition': table.byGroup.partitionKey,
    ...(after !== '' && { '#sort': table.byGroup.sortKey }),
  },
  ExpressionAttributeValues: {
    ':partition': { S: indexKeys.membersOf(epoch, shard) },
    ...(after !== '' && { ':after': { S: after } }),
  },
});
