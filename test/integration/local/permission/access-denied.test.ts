import { createServer } from 'node:http';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Endpoints } from '#infra/local/engine/endpoints.ts';
import { listenOn } from '#infra/local/engine/listen.ts';
import { accessDenied } from '#infra/local/permission/access-denied.ts';
import { clientFor } from '#test/support/engines.ts';

let service: keyof Endpoints = 'dynamodb';
const denial = { caller: 'add-contact', action: 'a:B', resource: 'c' };
const server = createServer((_request, response) => {
  const { status, headers, body } = accessDenied(service, denial);
  response.writeHead(status, headers).end(body);
});
let settings: ReturnType<typeof clientFor>;
beforeAll(async () => {
  settings = clientFor({ endpoint: `http://127.0.0.1:${await listenOn(server, 0)}` });
});
afterAll(() => void server.close());

const Content = { Simple: { Subject: { Data: 'a' }, Body: { Text: { Data: 'b' } } } };

test.each<[keyof Endpoints, string, () => Promise<unknown>]>([
  [
    'dynamodb',
    'AccessDeniedException',
    () => new DynamoDBClient(settings).send(new GetItemCommand({ TableName: 'table', Key: { pk: { S: 'a' } } })),
  ],
  [
    'sqs',
    'AccessDenied',
    () => new SQSClient(settings).send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: 'b' })),
  ],
  ['s3', 'AccessDenied', () => new S3Client(settings).send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' }))],
  ['ses', 'AccessDeniedException', () => new SESv2Client(settings).send(new SendEmailCommand({ Content }))],
  [
    'sms',
    'AccessDeniedException',
    () =>
      new PinpointSMSVoiceV2Client(settings).send(
        new SendTextMessageCommand({ DestinationPhoneNumber: '+380501112233', MessageBody: 'a' }),
      ),
  ],
  [
    'eventBridge',
    'AccessDeniedException',
    () => new EventBridgeClient(settings).send(new PutEventsCommand({ Entries: [{ Source: 'a' }] })),
  ],
  [
    'stepFunctions',
    'AccessDeniedException',
    () => new SFNClient(settings).send(new StartExecutionCommand({ stateMachineArn: 'arn' })),
  ],
  ['lambda', 'AccessDeniedException', () => new LambdaClient(settings).send(new InvokeCommand({ FunctionName: 'fn' }))],
])('%s denies as AWS does: with %s', async (name, code, call) => {
  service = name;

  const error = await call().catch((caught: unknown) => caught);

  expect(error).toMatchObject({ name: code });
  expect(String(error)).toContain('add-contact is not authorized to perform: a:B on resource: c');
});
