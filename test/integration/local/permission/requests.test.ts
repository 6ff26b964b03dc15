import { createServer, type IncomingMessage } from 'node:http';
import {
  BatchExecuteStatementCommand,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendTaskSuccessCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoints } from '#infra/local/engine/endpoints.ts';
import { listenOn } from '#infra/local/engine/listen.ts';
import { readBody } from '#infra/local/engine/read-body.ts';
import type { Call } from '#infra/local/permission/grant.ts';
import { callsByService } from '#infra/local/permission/requests/calls-by-service.ts';
import { clientFor } from '#test/support/engines.ts';

let service: keyof Endpoints = 'dynamodb';
let asked: readonly Call[] | Error = [];
const keys = { table: { '': { partition: 'pk', sort: 'sk' }, byName: { partition: 'name' } } };

const callsOf = async (request: IncomingMessage): Promise<readonly Call[]> => {
  const body = String(await readBody(request, 1024 * 1024));
  const { method = '', url = '' } = request;
  return callsByService(keys)[service]({
    method,
    path: url,
    headers: request.headers as Record<string, string>,
    body,
  });
};
const server = createServer((request, response) => {
  callsOf(request).then(
    (calls) => {
      asked = calls;
      response.writeHead(400).end();
    },
    (error: Error) => {
      asked = error;
      response.writeHead(400).end();
    },
  );
});
let settings: ReturnType<typeof clientFor>;
beforeAll(async () => {
  settings = clientFor({ endpoint: `http://127.0.0.1:${await listenOn(server, 0)}` });
});
afterAll(() => void server.close());

/** What a call of the SDK asks permission for, without region and account. */
const askedBy = async (of: keyof Endpoints, call: Promise<unknown>): Promise<unknown> => {
  service = of;
  await call.catch(() => {});
  if (asked instanceof Error) return asked.message;
  return asked.map(({ action, resource, context = {} }) => [
    `${action} ${resource.replace(/^arn:aws:[\w-]*:[\w-]*:\d*:/, '')}`,
    ...Object.values(context).flat(),
  ]);
};

const item = (pk: string) => ({ pk: { S: pk }, sk: { S: 'a' }, name: { S: 'n' } });
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'a' } });
const TableName = 'table';
const QueueUrl = 'http://127.0.0.1:1/000000000000/jobs';
const at = { Bucket: 'bucket', Key: 'a folder/a+b' };
const UploadId = 'u';
const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';

describe('a request of the SDK asks for what AWS checks', () => {
  const dynamoDb = () => new DynamoDBClient(settings);
  const sqs = () => new SQSClient(settings);
  const s3 = () => new S3Client(settings);

  test.each<[string, keyof Endpoints, () => Promise<unknown>, unknown]>([
    [
      'GetItem',
      'dynamodb',
      () => dynamoDb().send(new GetItemCommand({ TableName, Key: key('A') })),
      [['dynamodb:GetItem table/table', 'A']],
    ],
    [
      'PutItem',
      'dynamodb',
      () => dynamoDb().send(new PutItemCommand({ TableName, Item: item('A') })),
      [['dynamodb:PutItem table/table', 'A']],
    ],
    [
      'UpdateItem',
      'dynamodb',
      () => dynamoDb().send(new UpdateItemCommand({ TableName, Key: key('A') })),
      [['dynamodb:UpdateItem table/table', 'A']],
    ],
    [
      'DeleteItem',
      'dynamodb',
      () => dynamoDb().send(new DeleteItemCommand({ TableName, Key: key('A') })),
      [['dynamodb:DeleteItem table/table', 'A']],
    ],
    [
      'Query',
      'dynamodb',
      () =>
        dynamoDb().send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: '#sk > :sk AND #pk = :pk',
            ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
            ExpressionAttributeValues: { ':pk': { S: 'A' }, ':sk': { S: 'B' } },
          }),
        ),
      [['dynamodb:Query table/table', 'A']],
    ],
    [
      'Query of an index',
      'dynamodb',
      () =>
        dynamoDb().send(
          new QueryCommand({
            TableName,
            IndexName: 'byName',
            KeyConditionExpression: '#n = :n',
            ExpressionAttributeNames: { '#n': 'name' },
            ExpressionAttributeValues: { ':n': { S: 'N' } },
          }),
        ),
      [['dynamodb:Query table/table/index/byName', 'N']],
    ],
    [
      'BatchGetItem',
      'dynamodb',
      () => dynamoDb().send(new BatchGetItemCommand({ RequestItems: { table: { Keys: [key('A'), key('B')] } } })),
      [['dynamodb:BatchGetItem table/table', 'A', 'B']],
    ],
    [
      'BatchWriteItem',
      'dynamodb',
      () =>
        dynamoDb().send(
          new BatchWriteItemCommand({
            RequestItems: { table: [{ PutRequest: { Item: item('A') } }, { DeleteRequest: { Key: key('B') } }] },
          }),
        ),
      [['dynamodb:BatchWriteItem table/table', 'A', 'B']],
    ],
    [
      'TransactWriteItems',
      'dynamodb',
      () =>
        dynamoDb().send(
          new TransactWriteItemsCommand({
            TransactItems: [
              { Put: { TableName, Item: item('A') } },
              { ConditionCheck: { TableName, Key: key('B'), ConditionExpression: 'a' } },
              { Update: { TableName, Key: key('C'), UpdateExpression: 'a' } },
              { Delete: { TableName, Key: key('D') } },
            ],
          }),
        ),
      [
        ['dynamodb:PutItem table/table', 'A'],
        ['dynamodb:ConditionCheckItem table/table', 'B'],
        ['dynamodb:UpdateItem table/table', 'C'],
        ['dynamodb:DeleteItem table/table', 'D'],
      ],
    ],
    [
      'an INSERT of PartiQL',
      'dynamodb',
      () =>
        dynamoDb().send(
          new BatchExecuteStatementCommand({ Statements: [{ Statement: `INSERT INTO "table" VALUE {'pk': ?}` }] }),
        ),
      [['dynamodb:PartiQLInsert table/table']],
    ],
    [
      'SendMessage',
      'sqs',
      () => sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' })),
      [['sqs:SendMessage jobs']],
    ],
    [
      'SendMessageBatch',
      'sqs',
      () => sqs().send(new SendMessageBatchCommand({ QueueUrl, Entries: [] })),
      [['sqs:SendMessage jobs']],
    ],
    [
      'DeleteMessageBatch',
      'sqs',
      () => sqs().send(new DeleteMessageBatchCommand({ QueueUrl, Entries: [] })),
      [['sqs:DeleteMessage jobs']],
    ],
    [
      'ChangeMessageVisibilityBatch',
      'sqs',
      () => sqs().send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries: [] })),
      [['sqs:ChangeMessageVisibility jobs']],
    ],
    [
      'GetQueueAttributes',
      'sqs',
      () => sqs().send(new GetQueueAttributesCommand({ QueueUrl })),
      [['sqs:GetQueueAttributes jobs']],
    ],
    ['GetObject', 's3', () => s3().send(new GetObjectCommand(at)), [['s3:GetObject bucket/a folder/a+b']]],
    ['HeadObject', 's3', () => s3().send(new HeadObjectCommand(at)), [['s3:GetObject bucket/a folder/a+b']]],
    [
      'PutObject',
      's3',
      () => s3().send(new PutObjectCommand({ ...at, Body: 'a' })),
      [['s3:PutObject bucket/a folder/a+b']],
    ],
    ['DeleteObject', 's3', () => s3().send(new DeleteObjectCommand(at)), [['s3:DeleteObject bucket/a folder/a+b']]],
    [
      'CopyObject',
      's3',
      () => s3().send(new CopyObjectCommand({ ...at, CopySource: 'other/b%20c' })),
      [['s3:PutObject bucket/a folder/a+b'], ['s3:GetObject other/b c']],
    ],
    [
      'CreateMultipartUpload',
      's3',
      () => s3().send(new CreateMultipartUploadCommand(at)),
      [['s3:PutObject bucket/a folder/a+b']],
    ],
    [
      'UploadPart',
      's3',
      () => s3().send(new UploadPartCommand({ ...at, UploadId, PartNumber: 1, Body: 'a' })),
      [['s3:PutObject bucket/a folder/a+b']],
    ],
    [
      'CompleteMultipartUpload',
      's3',
      () => s3().send(new CompleteMultipartUploadCommand({ ...at, UploadId })),
      [['s3:PutObject bucket/a folder/a+b']],
    ],
    [
      'AbortMultipartUpload',
      's3',
      () => s3().send(new AbortMultipartUploadCommand({ ...at, UploadId })),
      [['s3:AbortMultipartUpload bucket/a folder/a+b']],
    ],
    [
      'ListObjectsV2',
      's3',
      () => s3().send(new ListObjectsV2Command({ Bucket: 'bucket', Prefix: 'a/' })),
      [['s3:ListBucket bucket', 'a/']],
    ],
    [
      'SendEmail',
      'ses',
      () =>
        new SESv2Client(settings).send(
          new SendEmailCommand({
            FromEmailAddress: '"Shop, Ltd" <shop@example.com>',
            ConfigurationSetName: 'set',
            Content: {},
          }),
        ),
      [
        ['ses:SendEmail identity/shop@example.com', 'shop@example.com'],
        ['ses:SendEmail configuration-set/set', 'shop@example.com'],
      ],
    ],
    ...(
      [
        ['+380501112233', 'phone-number/+380501112233'],
        ['phone-1', 'phone-number/phone-1'],
        ['pool-1', 'pool/pool-1'],
        ['Shop', 'sender-id/Shop/UA'],
      ] as const
    ).map(([OriginationIdentity, resource]): [string, keyof Endpoints, () => Promise<unknown>, unknown] => [
      `SendTextMessage from ${OriginationIdentity}`,
      'sms',
      () =>
        new PinpointSMSVoiceV2Client(settings).send(
          new SendTextMessageCommand({ DestinationPhoneNumber: '+380501112233', OriginationIdentity }),
        ),
      [[`sms-voice:SendTextMessage ${resource}`]],
    ]),
    [
      'PutEvents',
      'eventBridge',
      () =>
        new EventBridgeClient(settings).send(
          new PutEventsCommand({ Entries: [{ EventBusName: 'bus' }, {}, { EventBusName: 'bus' }] }),
        ),
      [['events:PutEvents event-bus/bus'], ['events:PutEvents event-bus/default']],
    ],
    [
      'StartExecution',
      'stepFunctions',
      () => new SFNClient(settings).send(new StartExecutionCommand({ stateMachineArn })),
      [['states:StartExecution stateMachine:m']],
    ],
    [
      'SendTaskSuccess',
      'stepFunctions',
      () => new SFNClient(settings).send(new SendTaskSuccessCommand({ taskToken: 'task-token/m/1', output: '{}' })),
      [['states:SendTaskSuccess stateMachine:m']],
    ],
    [
      'Invoke',
      'lambda',
      () => new LambdaClient(settings).send(new InvokeCommand({ FunctionName: 'fn' })),
      [['lambda:InvokeFunction function:fn']],
    ],
  ])('%s', async (_name, of, call, expected) => {
    expect(await askedBy(of, call())).toEqual(expected);
  });

  test.each<[string, keyof Endpoints, () => Promise<unknown>, RegExp]>([
    ['Scan', 'dynamodb', () => dynamoDb().send(new ScanCommand({ TableName })), /DynamoDB asks for Scan are not known/],
    [
      'DeleteObjects',
      's3',
      () => s3().send(new DeleteObjectsCommand({ Bucket: 'bucket', Delete: { Objects: [{ Key: 'a' }] } })),
      /Amazon S3 asks for POST of delete are not known/,
    ],
  ])('and one that no function makes is named: %s', async (_name, of, call, expected) => {
    expect(await askedBy(of, call())).toMatch(expected);
  });
});
