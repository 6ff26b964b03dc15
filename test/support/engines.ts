import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { clientSettings } from '#aws/connect.ts';
import { table } from '#names/table.ts';

/** An engine that speaks an AWS API on this machine. */
export interface Engine {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** The settings of a client of an engine; the access key is the one that the S3 engine insists on. */
export const clientFor = ({ endpoint }: Engine) => ({
  ...clientSettings,
  endpoint,
  region: 'eu-central-1',
  credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
});

/** DynamoDB in memory. */
export const startDynamoDb = async (): Promise<Engine> => {
  const port = await freePort();
  const binary = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  const child = spawn(binary, ['--host', '127.0.0.1', '--port', String(port)], { stdio: 'ignore' });
  const stop = async () => {
    if (child.exitCode !== null) return;
    child.kill();
    await once(child, 'exit');
  };
  const engine = { endpoint: `http://127.0.0.1:${port}`, stop };
  const client = new DynamoDBClient({ ...clientFor(engine), maxAttempts: 50, retryMode: 'standard' });
  await client.send(new ListTablesCommand({}));
  client.destroy();
  return engine;
};

/** SQS in memory. */
export const startSqs = async (): Promise<Engine> => {
  const app = buildApp({ logger: false });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { endpoint: endpointOf(app.server.address()), stop: () => app.close() };
};

/** S3 in a folder that is removed at the end. */
export const startS3 = async (): Promise<Engine> => {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-s3-'));
  const S3rver = createRequire(import.meta.url)('@20minutes/s3rver') as S3rverConstructor;
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    directory,
    silent: true,
    allowMismatchedSignatures: true,
    vhostBuckets: false,
  });
  const { port } = await server.run();
  const stop = async () => {
    server.httpServer.closeAllConnections();
    await server.close();
    await rm(directory, { recursive: true });
  };
  return { endpoint: `http://127.0.0.1:${port}`, stop };
};

/** A new table with the shape of the deployed one; returns its name. */
export const createTable = async (client: DynamoDBClient): Promise<string> => {
  const indexes = [table.byGroup, table.byTime];
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
        Projection: { ProjectionType: 'ALL' },
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

type S3rverConstructor = new (
  options: object,
) => {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
  readonly httpServer: { closeAllConnections(): void };
};

const keySchema = ({ partitionKey, sortKey }: { partitionKey: string; sortKey: string }) => [
  { AttributeName: partitionKey, KeyType: 'HASH' as const },
  { AttributeName: sortKey, KeyType: 'RANGE' as const },
];

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const endpointOf = (address: string | AddressInfo | null): string => {
  if (address === null || typeof address === 'string') throw new Error('The engine does not listen on a port');
  return `http://127.0.0.1:${address.port}`;
};
