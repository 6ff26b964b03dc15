import { Agent, request as send } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { chunksOf, inParallel } from '#aws/clients/parallel.ts';
import { callAws } from '#infra/local/engine/call-aws.ts';
import { readBody } from '#infra/local/engine/read-body.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import type { BenchStack } from './bench-stack.ts';
import { itemKind } from './item-kind.ts';

/** Every item of a table, as JSON lists of 25 requests for BatchWriteItem. */
export interface TableCopy {
  readonly batches: readonly string[];
  readonly items: number;
  readonly contacts: number;
}

/** Items in one BatchWriteItem call (AWS limit). */
const itemsPerCall = 25;

/** Copies the table of a stack into memory, as it travels. */
export const copyTable = async ({ engineEndpoint, tableName }: BenchStack): Promise<TableCopy> => {
  const batches: string[] = [];
  const copied = { items: 0, contacts: 0 };
  let page: ScanPage | undefined;
  do {
    page = await scan(engineEndpoint, { TableName: tableName, ExclusiveStartKey: page?.LastEvaluatedKey });
    for (const batch of chunksOf(page.Items, itemsPerCall)) {
      batches.push(JSON.stringify(batch.map((Item) => ({ PutRequest: { Item } }))));
    }
    copied.items += page.Items.length;
    copied.contacts += page.Items.filter(({ pk, sk }) => itemKind({ pk: pk.S, sk: sk.S }) === 'contact').length;
  } while (page.LastEvaluatedKey);
  return { batches, ...copied };
};

interface ScanPage {
  readonly Items: readonly { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } }[];
  readonly LastEvaluatedKey?: object;
}

const scan = async (endpoint: string, body: object): Promise<ScanPage> =>
  (await callAws({ endpoint, target: 'DynamoDB_20120810.Scan', body })) as ScanPage;

/** Calls under way together; the engine writes one after the other, so that more of them only wait longer. */
const callsAtOnce = 8;

/**
 * Writes a copy into a fresh engine by bare BatchWriteItem calls, without conditions, reads or an SDK in between, and
 * returns the seconds that this takes: nothing that stores the same items through the same engine can be faster.
 */
export const secondsToWrite = async ({ batches }: TableCopy): Promise<number> => {
  const engine = await startDynamoDb();
  const client = new DynamoDBClient(clientFor(engine));
  const agent = new Agent({ keepAlive: true });
  try {
    const tableName = await createTable(client);
    const startedAt = performance.now();
    await inParallel(
      batches,
      (requests) => batchWrite(engine, agent, `{"RequestItems":{"${tableName}":${requests}}}`),
      callsAtOnce,
    );
    return (performance.now() - startedAt) / 1000;
  } finally {
    client.destroy();
    agent.destroy();
    await engine.stop();
  }
};

/** The engine wants a signature and does not check it. */
const headers = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'DynamoDB_20120810.BatchWriteItem',
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

const batchWrite = async ({ endpoint }: Engine, agent: Agent, body: string): Promise<void> => {
  const answer = await new Promise<string>((resolve, reject) => {
    const outgoing = send(endpoint, { method: 'POST', agent, headers }, (incoming) => {
      readBody(incoming, 1024 * 1024).then((read) => resolve(String(read)), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
  if (answer !== '{"UnprocessedItems":{}}') throw new Error(`BatchWriteItem answered ${answer.slice(0, 500)}`);
};
