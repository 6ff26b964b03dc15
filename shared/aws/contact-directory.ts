import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DirectoryEntry, FoundContact } from '#domain/directory-entry.ts';
import type { ContactDirectory } from '#domain/ports.ts';
import { table } from '#names/table.ts';
import { lazily } from './connect.ts';
import { dynamodb, tableName as liveTableName } from './dynamodb-client.ts';
import type { Item } from './item.ts';
import { indexKeys, shards } from './keys.ts';
import type { SortedList } from './newest-first.ts';
import { inParallel } from './parallel.ts';
import { eachPage } from './query.ts';

/** The directory as a list of all contacts that are not erased, by id. */
export const directoryList: SortedList = { ...table.directory, partitions: shards.map(indexKeys.directory) };

/** The directory of contacts in its index: all shards are walked at once, page by page, and only what is wanted stays. */
export const contactDirectoryOn = (client: DynamoDBClient, tableName: string): ContactDirectory => ({
  collect: async (isWanted) => {
    const found: FoundContact[] = [];
    await inParallel(directoryList.partitions, async (partition) => {
      const pages = eachPage(client, {
        TableName: tableName,
        IndexName: table.directory.indexName,
        KeyConditionExpression: '#partition = :partition',
        ExpressionAttributeNames: { '#partition': table.directory.partitionKey },
        ExpressionAttributeValues: { ':partition': { S: partition } },
      });
      for await (const items of pages) {
        for (const item of items) {
          const entry = entryOf(item);
          if (isWanted(entry)) found.push({ id: entry.id, updatedAt: entry.updatedAt });
        }
      }
    });
    return found.sort((one, other) => one.id - other.id);
  },
});

/** Read by hand: a walk meets as many entries as there are contacts. */
const entryOf = ({ id, state, updatedAt, source, firstName, lastName }: Item): DirectoryEntry => ({
  id: Number(id?.N),
  state: state?.S as DirectoryEntry['state'],
  updatedAt: updatedAt?.S ?? '',
  source: source?.S as DirectoryEntry['source'],
  ...(firstName?.S !== undefined && { firstName: firstName.S }),
  ...(lastName?.S !== undefined && { lastName: lastName.S }),
});

/** The directory of this stage's contacts. */
export const contactDirectory: ContactDirectory = lazily(() => contactDirectoryOn(dynamodb(), liveTableName()));
