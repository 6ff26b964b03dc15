import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from '#aws/clients/connect.ts';
import { startS3 as startLocalS3 } from '#infra/local/bucket/s3.ts';
import type { Engine } from '#infra/local/engine/engine.ts';
import { startSqs as startLocalSqs } from '#infra/local/queue/sqs.ts';
import { startDynamoDb as startLocalDynamoDb } from '#infra/local/table/dynamodb.ts';
import { table } from '#names/table.ts';

export type { Engine } from '#infra/local/engine/engine.ts';

/** DynamoDB in memory. */
export const startDynamoDb = (): Promise<Engine> => startLocalDynamoDb({ dataDir: undefined, endpoint: undefined });

/** SQS in memory. */
export const startSqs = (): Promise<Engine> => startLocalSqs({ dataDir: undefined });

/** S3 in a folder that is removed at the end. */
export const startS3 = (): Promise<Engine> => startLocalS3({ dataDir: undefined });

/** The settings of a client of an engine; the access key is the one that the S3 engine insists on. */
export const clientFor = ({ endpoint }: Pick<Engine, 'endpoint'>) => ({
  ...clientSettings,
  endpoint,
  region: 'eu-central-1',
  credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
});

/** A new table with the shape of the deployed one; returns its name. */
export const createTable = async (client: DynamoDBClient): Promise<string> => {
  const indexes = [table.byGroup, table.byTime, table.directory];
  const names = [table, ...indexes].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]);
  const TableName = `contacts-${crypto.randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keySchema(table),
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.indexName,
        KeySchema: keySchema(index),
        Projection:
          'holds' in index
            ? { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...index.holds] }
            : { ProjectionType: 'ALL' as const },
      })),
    }),
  );
  return TableName;
};

/** A new bucket; returns its name. */
export const createBucket = async (client: S3Client): Promise<string> => {
  const Bucket = `imports-${crypto.randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket }));
  return Bucket;
};

/** A new queue; returns its URL on the engine's own host, which the engine itself does not put there. */
export const createQueue = async (client: SQSClient, { endpoint }: Engine): Promise<string> => {
  const QueueName = `queue-${crypto.randomUUID()}`;
  await client.send(new CreateQueueCommand({ QueueName }));
  return `${endpoint}/000000000000/${QueueName}`;
};

const keySchema = ({ partitionKey, sortKey }: { partitionKey: string; sortKey: string }) => [
  { AttributeName: partitionKey, KeyType: 'HASH' as const },
  { AttributeName: sortKey, KeyType: 'RANGE' as const },
];
