import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import {
  ChangeMessageVisibilityCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Quota, quotas } from '#infra/local/quota/quotas.ts';
import { readTemplate } from '#infra/local/stack-plan.ts';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import { partitionMeter } from '#infra/local/table/hot-partitions.ts';
import { accessesOf } from '#infra/local/table/item-accesses.ts';
import { meterRequest } from '#infra/local/table/meter-request.ts';
import type { Body } from '#infra/local/table/partial-batch.ts';
import type { TemplateResource } from '#infra/local/template/template.ts';
import { clientFor } from '#test/support/engines.ts';
import { waitFor } from '#test/support/local-stack.ts';
import { arnOf, bus, eventSource, everythingRole, httpApi, queue, startSmallStack } from './small-stack.ts';

const echo = 'export const handler = async ({ bytes, body }) => bytes ? "a".repeat(bytes) : { statusCode: 200, body };';

const keyed = ['pk', 'sk'];
const resources: Record<string, TemplateResource> = {
  ...queue('Jobs'),
  ...bus('Bus'),
  ...httpApi({ 'POST /': { fn: 'Echo' } }),
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'bucket' } },
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'table',
      AttributeDefinitions: keyed.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keyed.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' })),
    },
  },
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineName: 'machine',
      RoleArn: arnOf('MayDoEverything'),
      DefinitionString: JSON.stringify({
        StartAt: 'One',
        States: { One: { Type: 'Pass', Next: 'Other' }, Other: { Type: 'Pass', Next: 'One' } },
      }),
    },
  },
};

let stack: LocalStack;
beforeAll(async () => {
  stack = await startSmallStack(
    { functions: { Echo: echo }, resources },
    { strain: { hotPartitions: true, transactionConflicts: true, newMailAccount: true, newAccount: true } },
  );
});
afterAll(() => stack.stop());

const at = (service: string) => clientFor({ endpoint: stack.environment[`AWS_ENDPOINT_URL_${service}`] ?? '' });
/** The table as functions see it, where it is under strain. */
const strained = () =>
  new DynamoDBClient({ ...clientFor({ endpoint: stack.seenByFunctions.dynamodb }), maxAttempts: 1 });
const tables = () => new DynamoDBClient(at('DYNAMODB'));
const sqs = () => new SQSClient(at('SQS'));
const QueueUrl = 'http://sqs/000000000000/Jobs';
const text = (bytes: number) => 'a'.repeat(bytes);
const item = (pk: string, sk: string, bytes = 0) => ({ pk: { S: pk }, sk: { S: sk }, text: { S: text(bytes) } });
const put = (pk: string, sk: string, bytes = 0) => ({ TableName: 'table', Item: item(pk, sk, bytes) });
const writes = (count: number, pk: string, bytes = 0) =>
  Array.from({ length: count }, (_, index) => ({ PutRequest: { Item: item(pk, String(index), bytes) } }));

/** What a template that asks for too much is refused with. */
const refusal = (parts: Record<string, TemplateResource>): string => {
  try {
    const surroundings = { stackName: 'small', sqsEndpoint: 'http://127.0.0.1:1', apiUrl: 'http://127.0.0.1:2' };
    readTemplate({ Resources: { ...everythingRole, ...parts } }, surroundings);
    return 'nothing';
  } catch (error) {
    return String(error);
  }
};

const echoWith = (properties: object): Record<string, TemplateResource> => ({
  Echo: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'Echo',
      Runtime: 'nodejs24.x',
      Handler: 'echo.handler',
      Code: { S3Bucket: 'b', S3Key: 'k' },
      Role: arnOf('MayDoEverything'),
      ...properties,
    },
  },
});

/** How a call fails; `none` where it does not. */
const failureOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'none',
    (error: Error) => `${error.name}: ${error.message}`,
  );

const invocation = async (event: unknown): Promise<string> => {
  const result = await stack.fn('Echo').invoke(event);
  return result.ok ? 'none' : result.error.errorType;
};

const uploadInParts = async (bytes: number): Promise<unknown> => {
  const s3 = new S3Client(at('S3'));
  const object = { Bucket: 'bucket', Key: 'parts' };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(object));
  const Parts = await Promise.all(
    [1, 2].map(async (PartNumber) => {
      const { ETag } = await s3.send(
        new UploadPartCommand({ ...object, UploadId, PartNumber, Body: Buffer.alloc(PartNumber === 1 ? bytes : 1) }),
      );
      return { PartNumber, ETag };
    }),
  );
  return s3.send(new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts } }));
};

const outgrown = async (): Promise<string> => {
  const client = new SFNClient(at('SFN'));
  const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:machine';
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: '{}' }));
  const ended = await waitFor('the execution ends', async () => {
    const now = await client.send(new DescribeExecutionCommand({ executionArn }));
    return now.status !== 'RUNNING' && now;
  });
  return `${ended.status} ${ended.cause}`;
};

const hide = async (seconds: number): Promise<unknown> => {
  await sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: 'hidden' }));
  const { Messages = [] } = await sqs().send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
  const { ReceiptHandle } = Messages[0] ?? {};
  return sqs().send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: seconds }));
};

const mail = () =>
  new SESv2Client({ ...at('SESV2'), maxAttempts: 1 }).send(
    new SendEmailCommand({
      FromEmailAddress: 'a@example.com',
      Destination: { ToAddresses: ['b@example.com'] },
      Content: { Simple: { Subject: { Data: 'a' }, Body: { Text: { Data: 'b' } } } },
    }),
  );

const entries = (count: number, bytes: number) =>
  Array.from({ length: count }, () => ({
    Source: 'a',
    DetailType: 'b',
    EventBusName: 'Bus',
    Detail: JSON.stringify({ text: text(bytes) }),
  }));

const publish = (count: number, bytes = 0) =>
  new EventBridgeClient(at('EVENTBRIDGE')).send(new PutEventsCommand({ Entries: entries(count, bytes) }));

const batch = (count: number, bytes = 1) =>
  sqs().send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: Array.from({ length: count }, (_, index) => ({ Id: String(index), MessageBody: text(bytes) })),
    }),
  );

const read = (count: number) => {
  const Keys = Array.from({ length: count }, (_, index) => ({ pk: { S: 'none' }, sk: { S: String(index) } }));
  return tables().send(new BatchGetItemCommand({ RequestItems: { table: { Keys } } }));
};

const transact = (count: number, bytes = 0) =>
  tables().send(
    new TransactWriteItemsCommand({
      TransactItems: Array.from({ length: count }, (_, index) => ({ Put: put('transaction', String(index), bytes) })),
    }),
  );

const write = (count: number) =>
  tables().send(new BatchWriteItemCommand({ RequestItems: { table: writes(count, 'batch') } }));

/** Whether all of a partition came in one page. */
const pages = async (): Promise<string> => {
  for (const half of ['a', 'b', 'c', 'd']) await tables().send(new PutItemCommand(put('paged', half, 300_000)));
  const { Items = [], LastEvaluatedKey } = await tables().send(
    new QueryCommand({
      TableName: 'table',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'paged' } },
    }),
  );
  return `${Items.length} of 4, ${LastEvaluatedKey ? 'and more' : 'and no more'}`;
};

/** Whether a batch that reads 17 MB leaves some of them. */
const batchRead = async (): Promise<string> => {
  const sorts = Array.from({ length: 45 }, (_, index) => String(index));
  for (const sk of sorts) await tables().send(new PutItemCommand(put('large', sk, 390_000)));
  const Keys = sorts.map((sk) => ({ pk: { S: 'large' }, sk: { S: sk } }));
  const { UnprocessedKeys } = await tables().send(new BatchGetItemCommand({ RequestItems: { table: { Keys } } }));
  return `${(UnprocessedKeys?.table?.Keys ?? []).length > 0 ? 'some' : 'none'} are left`;
};

/** What of a burst to one partition key passes while the clock stands still. */
const burst = (operation: string, body: Body): string => {
  const accesses = accessesOf(operation, body);
  const names = { table: { '': { partition: 'pk', sort: 'sk' } } };
  const meter = partitionMeter(() => 0);
  const { charge } = meterRequest({ operation, body, accesses }, names, meter);
  charge?.(quotas.partitionReads.limit * 2 * 4096);
  const { refusal: answer, partial } = meterRequest({ operation, body, accesses }, names, meter);
  return answer ? String(answer.body) : JSON.stringify(partial?.merge({}));
};

const boundedTo = (MaximumConcurrency: number) => ({
  ...echoWith({}),
  ...queue('Jobs'),
  ...eventSource('Jobs', 'Echo', { ScalingConfig: { MaximumConcurrency } }),
});

/* A quota without a way to hit it does not compile. */
const hits: { readonly [Name in keyof typeof quotas]: readonly [hit: () => unknown, refused: RegExp] } = {
  gatewayTimeout: [
    () => {
      const api = httpApi({ 'GET /': { fn: 'Echo', timeoutMs: quotas.gatewayTimeout.limit + 1 } });
      return refusal({ ...echoWith({}), ...api });
    },
    /TimeoutInMillis: AWS allows 30000 milliseconds/,
  ],
  gatewayHead: [
    async () => {
      const long = text(quotas.gatewayHead.limit);
      const answers = [await fetch(`${stack.url}/?${long}`), await fetch(stack.url, { headers: { cookie: long } })];
      return answers.map(({ status }) => status);
    },
    /431,431/,
  ],
  gatewayBody: [
    async () => (await fetch(stack.url, { method: 'POST', body: text(quotas.gatewayBody.limit + 1) })).status,
    /413/,
  ],
  functionEvent: [() => invocation(text(quotas.functionEvent.limit)), /RequestTooLargeException/],
  functionAnswer: [() => invocation({ bytes: quotas.functionAnswer.limit }), /Function.ResponseSizeTooLarge/],
  functionEnvironment: [
    () => refusal(echoWith({ Environment: { Variables: { TEXT: text(quotas.functionEnvironment.limit) } } })),
    /Environment.Variables: AWS allows 4096 bytes/,
  ],
  functionTimeout: [() => refusal(echoWith({ Timeout: 901 })), /Timeout: AWS allows 900 seconds/],
  newAccountFunctions: [
    async () => {
      const asked = Array.from({ length: quotas.newAccountFunctions.limit + 1 }, () => invocation({ bytes: 1 }));
      return (await Promise.all(asked)).join();
    },
    /TooManyRequestsException/,
  ],
  messageBytes: [
    () => failureOf(sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: text(quotas.messageBytes.limit + 1) }))),
    /must be shorter|too long|InvalidParameterValue|InvalidMessage/,
  ],
  messagesInBatch: [() => failureOf(batch(11)), /TooManyEntriesInBatchRequest/],
  batchBytes: [() => failureOf(batch(2, quotas.batchBytes.limit / 2 + 1)), /BatchRequestTooLong/],
  visibility: [() => failureOf(hide(quotas.visibility.limit + 1)), /InvalidParameterValue/],
  delay: [() => refusal(queue('Jobs', { DelaySeconds: 901 })), /DelaySeconds: AWS allows 900 seconds/],
  mappedBatch: [
    () => refusal({ ...echoWith({}), ...queue('Jobs'), ...eventSource('Jobs', 'Echo', { BatchSize: 11 }) }),
    /BatchSize: AWS allows 10 messages/,
  ],
  sourceLeast: [() => refusal(boundedTo(1)), /MaximumConcurrency: AWS allows 2 functions at once at least/],
  sourceMost: [() => refusal(boundedTo(1001)), /MaximumConcurrency: AWS allows 1000 functions at once/],
  eventsInRequest: [() => failureOf(publish(11)), /ValidationException/],
  eventBytes: [() => failureOf(publish(2, quotas.eventBytes.limit / 2)), /ValidationException/],
  itemBytes: [
    () => failureOf(tables().send(new PutItemCommand(put('a', 'b', quotas.itemBytes.limit)))),
    /Item size has exceeded the maximum allowed size/,
  ],
  pageBytes: [pages, /^3 of 4, and more$/],
  itemsInTransaction: [() => failureOf(transact(101)), /ValidationException/],
  transactionBytes: [() => failureOf(transact(12, 390_000)), /ValidationException|TransactionCanceledException/],
  itemsInBatchWrite: [() => failureOf(write(26)), /ValidationException/],
  itemsInBatchRead: [() => failureOf(read(101)), /ValidationException/],
  partitionWrites: [
    () => burst('BatchWriteItem', { RequestItems: { table: writes(25, 'hot', 30_000) } }),
    /UnprocessedItems/,
  ],
  tableBatch: [batchRead, /some are left/],
  partitionReads: [
    () => burst('GetItem', { TableName: 'table', Key: { pk: { S: 'hot' }, sk: { S: 'a' } } }),
    /ThrottlingException.*TableReadKeyRangeThroughputExceeded/,
  ],
  historyEvents: [outgrown, /^FAILED The execution reached the maximum number of history events \(25000\)/],
  executionInput: [
    () => {
      const input = JSON.stringify(text(quotas.executionInput.limit));
      const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:machine';
      return failureOf(new SFNClient(at('SFN')).send(new StartExecutionCommand({ stateMachineArn, input })));
    },
    /InvalidExecutionInput/,
  ],
  partBytes: [() => failureOf(uploadInParts(quotas.partBytes.limit - 1)), /EntityTooSmall/],
  mailsPerSecond: [
    async () => (await Promise.all([1, 2, 3].map(() => failureOf(mail())))).find((failure) => failure !== 'none'),
    /TooManyRequestsException: Maximum sending rate exceeded/,
  ],
};

test.each(Object.entries(hits))(
  'what is over the quota is refused as AWS refuses it: %s',
  async (_name, [hit, refused]) => {
    expect(String(await hit())).toMatch(refused);
  },
);

test.each(Object.entries(quotas as Readonly<Record<string, Quota>>))(
  'every quota names its source: %s',
  (_name, quota) => {
    expect(quota.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/[\w/.-]+\.html$/);
  },
);

test('a queue that shows a message again before its function has ended is refused, as Lambda does', () => {
  const parts = { ...echoWith({ Timeout: 60 }), ...queue('Jobs'), ...eventSource('Jobs', 'Echo') };

  expect(refusal(parts)).toContain('visibility timeout (30 s) is less than the timeout of the function (60 s)');
});

test('a partition key that gets more than its share is throttled, and the others are not', async () => {
  const writeTo = async (partitionOf: (index: number) => string) => {
    const requests = writes(25, '', 99_000).map(({ PutRequest }, index) => ({
      PutRequest: { Item: { ...PutRequest.Item, pk: { S: partitionOf(index) } } },
    }));
    const { UnprocessedItems } = await strained().send(
      new BatchWriteItemCommand({ RequestItems: { table: requests } }),
    );
    return UnprocessedItems?.table?.length ?? 0;
  };

  expect(await writeTo(() => 'hot')).toBeGreaterThan(0);
  expect(await writeTo((index) => `cold-${index}`)).toBe(0);
});

test('transactions that work on one item at a time conflict, and say on which', async () => {
  const client = strained();
  const transaction = () =>
    client.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ Put: put('contested', 'own', 10_000) }, { Put: put('contested', 'shared') }],
      }),
    );

  const conflict = expect.stringMatching(
    /^TransactionCanceledException: .*\[TransactionConflict, TransactionConflict\]/,
  );
  const failures: string[] = [];
  await waitFor('two transactions at the same time', async () => {
    failures.push(...(await Promise.all(Array.from({ length: 20 }, () => failureOf(transaction())))));
    return failures.some((failure) => conflict.asymmetricMatch(failure));
  });

  expect(failures).toContain('none');
});
