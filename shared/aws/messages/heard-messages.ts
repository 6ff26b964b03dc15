import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ActivityPage } from '#domain/messages/activity.ts';
import type { Message } from '#domain/messages/message.ts';
import type { Page } from '#domain/page.ts';
import { table } from '#names/table.ts';
import { indexKeys, shards } from '../table/keys.ts';
import { newestFirst } from '../table/newest-first.ts';
import { messageOf } from './claim-message.ts';

/** Messages of which something was heard, by the time of that, out of the index (`MessageStore.listHeard`). */
export const heardMessages = async (
  client: DynamoDBClient,
  tableName: string,
  { from, until, after = '', limit }: ActivityPage,
): Promise<Message[]> => {
  const list = {
    ...table.byTime,
    partitions: shards.map(indexKeys.messages),
    isAscending: true,
    end: indexKeys.eventsUntil(until),
  };
  const found: Message[] = [];
  let cursor: string | undefined = [after, indexKeys.eventsFrom(from)].toSorted().at(-1);
  while (cursor !== undefined && found.length < limit) {
    const page: Page<Message> = await newestFirst(
      client,
      tableName,
      list,
      { limit: limit - found.length, cursor },
      isToOne,
      messageOf,
    );
    found.push(...page.items);
    cursor = page.cursor;
  }
  return found;
};

/** A message to a segment is kept under the id of no contact. */
const isToOne = ({ contactId }: Message): boolean => contactId !== 0;
