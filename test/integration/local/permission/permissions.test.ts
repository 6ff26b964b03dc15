import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callAws } from '#infra/local/engine/call-aws.ts';
import type { Denial } from '#infra/local/permission/grant.ts';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import type { TemplateResource } from '#infra/local/template/template.ts';
import { waitFor } from '#test/support/local-stack.ts';
import { arnOf, bus, eventSource, httpApi, queue, role, rule, startSmallStack } from '../small-stack.ts';

/** Makes the request that it is told to make, with its own credentials unless told otherwise. */
const caller = `
import { request } from 'node:http';
export const handler = ({ service, method = 'POST', path = '/', headers = {}, body }) => new Promise((resolve, reject) => {
  const { hostname, port } = new URL(process.env['AWS_ENDPOINT_URL_' + service]);
  const own = { 'x-amz-security-token': process.env.AWS_SESSION_TOKEN };
  const sent = request({ host: hostname, port: Number(port), method, path, headers: { ...own, ...headers } }, (response) => {
    let text = '';
    response.on('data', (piece) => { text += piece; });
    response.on('end', () => resolve({ status: response.statusCode, text }));
  });
  sent.on('error', reject);
  sent.end(body);
});`;

const allow = (Action: string | string[], Resource: unknown, rest: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...rest,
});

const startsWith = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['OWN#*'] } };
const objects = { 'Fn::Join': ['', [arnOf('Bucket'), '/own/*']] };

const resources: Record<string, TemplateResource> = {
  ...role('CallerRole', [
    allow(['dynamodb:PutItem', 'dynamodb:BatchWriteItem'], arnOf('Table'), { Condition: startsWith }),
    allow('dynamodb:Query', { 'Fn::Join': ['', [arnOf('Table'), '/index/byName']] }),
    allow('sqs:SendMessage', arnOf('Mine')),
    allow(['s3:GetObject', 's3:PutObject'], objects),
    allow('events:PutEvents', arnOf('Bus')),
  ]),
  ...role('NothingRole', [allow('s3:GetObject', '*')]),
  ...queue('Mine'),
  ...queue('Other'),
  ...bus('Bus'),
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'bucket' } },
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'table',
      AttributeDefinitions: ['pk', 'name'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byName',
          KeySchema: [{ AttributeName: 'name', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    },
  },
};

let stack: LocalStack;
const told: string[] = [];
const lines: string[] = [];
beforeAll(async () => {
  stack = await startSmallStack(
    {
      resources,
      functions: { Caller: caller },
      functionProperties: { Caller: { Role: arnOf('CallerRole') } },
    },
    { onRefused: (line) => told.push(line), writeLog: (line) => lines.push(line) },
  );
});
afterAll(() => stack.stop());

const call = async (request: object): Promise<{ status: number; text: string }> => {
  const result = await stack.fn('Caller').invoke(request);
  if (!result.ok) throw new Error(result.error.errorMessage);
  return JSON.parse(result.result);
};

const json = (service: string, target: string, body: object) => ({
  service,
  headers: {
    'x-amz-target': target,
    'content-type': 'application/x-amz-json-1.0',
    authorization: scope,
    'x-amz-date': '20260101T000000Z',
  },
  body: JSON.stringify(body),
});

const scope =
  'AWS4-HMAC-SHA256 Credential=S3RVER/20260101/us-east-1/local/aws4_request, SignedHeaders=host, Signature=0';

const dynamoDb = (operation: string, body: object) => json('DYNAMODB', `DynamoDB_20120810.${operation}`, body);
const put = (...keys: string[]) =>
  dynamoDb('BatchWriteItem', {
    RequestItems: { table: keys.map((key) => ({ PutRequest: { Item: { pk: { S: key }, name: { S: 'a' } } } })) },
  });
const query = (index: object) =>
  dynamoDb('Query', {
    TableName: 'table',
    ...index,
    KeyConditionExpression: '#key = :key',
    ExpressionAttributeNames: { '#key': 'IndexName' in index ? 'name' : 'pk' },
    ExpressionAttributeValues: { ':key': { S: 'a' } },
  });
const send = (queueName: string) =>
  json('SQS', 'AmazonSQS.SendMessage', { QueueUrl: `http://sqs/000000000000/${queueName}`, MessageBody: 'a' });
const object = (method: string, key: string, body = '') => ({
  service: 'S3',
  method,
  path: `/bucket/${key}`,
  headers: { 'content-length': String(body.length) },
  body,
});
const publish = (EventBusName: string) =>
  json('EVENTBRIDGE', 'AWSEvents.PutEvents', {
    Entries: [{ EventBusName, Source: 'a', DetailType: 'b', Detail: '{}' }],
  });

describe('a call of a function', () => {
  test.each<[string, object]>([
    ['of items whose keys its grant names', put('OWN#1', 'OWN#2')],
    ['of an index', query({ IndexName: 'byName' })],
    ['of a queue', send('Mine')],
    ['of an object', object('PUT', 'own/1', 'text')],
    ['of a bus', publish('Bus')],
  ])('is let through where its role allows it: %s', async (_name, request) => {
    const { status, text } = await call(request);

    expect([status, text]).toEqual([200, expect.any(String)]);
    expect(told.splice(0)).toEqual([]);
  });

  test.each<[string, object, string, RegExp]>([
    ['other items beside its own', put('OWN#1', 'ALL#2'), 'dynamodb:BatchWriteItem', /:table\/table$/],
    ['a table whose index it may query', query({}), 'dynamodb:Query', /:table\/table$/],
    ['another queue', send('Other'), 'sqs:SendMessage', /:Other$/],
    ['another object', object('PUT', 'other/1', 'text'), 's3:PutObject', /:::bucket\/other\/1$/],
    ['the object that it may write, to delete it', object('DELETE', 'own/1'), 's3:DeleteObject', /\/own\/1$/],
    ['another bus', publish('default'), 'events:PutEvents', /event-bus\/default$/],
  ])('is denied, told and shown in the log: %s', async (_name, request, action, resource) => {
    const { status, text } = await call(request);

    expect([status, text]).toEqual([expect.toSatisfy((code) => code === 400 || code === 403), expect.any(String)]);
    expect(text).toContain('AccessDenied');
    expect(stack.permissions.denials().at(-1)).toEqual({
      caller: 'Caller',
      action,
      resource: expect.stringMatching(resource),
    });
    const [line, ...others] = told.splice(0);
    expect([line, others]).toEqual([expect.stringMatching(`^\\[permissions\\] Caller .* ${action} on `), []]);
    expect(lines).toContain(line);
  });

  test('never reaches the engine where it is denied', async () => {
    await call(put('ALL#1'));
    told.splice(0);

    const endpoint = stack.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '';
    const found = await callAws({
      endpoint,
      target: 'DynamoDB_20120810.GetItem',
      body: { TableName: 'table', Key: { pk: { S: 'ALL#1' } } },
    });
    expect(found).toEqual({});
  });

  test('with the credentials of somebody else is denied', async () => {
    const request = send('Mine');

    await call({ ...request, headers: { ...request.headers, 'x-amz-security-token': 'local/Other' } });

    expect(told.splice(0)).toEqual([expect.stringContaining('nobody has no permission for sqs:SendMessage')]);
  });

  test('for an object that is not there says so only where it may list the bucket, and is no denial', async () => {
    expect(await call(object('GET', 'own/none'))).toMatchObject({
      status: 403,
      text: expect.stringContaining('AccessDenied'),
    });
    expect(told.splice(0)).toEqual([]);
  });

  test('by a link that it signed is allowed as the function is itself', async () => {
    const follow = (key: string) =>
      fetch(
        `${stack.environment.AWS_ENDPOINT_URL_S3}/bucket/${key}?${new URLSearchParams({
          'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
          'X-Amz-Credential': 'S3RVER/20260101/us-east-1/s3/aws4_request',
          'X-Amz-Date': new Date().toISOString().replaceAll(/[-:]|\.\d+/g, ''),
          'X-Amz-Expires': '600',
          'X-Amz-Security-Token': 'local/Caller',
          'X-Amz-SignedHeaders': 'host',
          'X-Amz-Signature': '0',
        })}`,
        { method: 'PUT', body: 'text' },
      ).then(({ status }) => status);

    expect(await follow('own/linked')).toBe(200);
    expect(await follow('other/linked')).toBe(403);
    await waitFor('the denial is told', () => told.length > 0);
    expect(told.splice(0)).toEqual([expect.stringContaining('Caller has no permission for s3:PutObject')]);
  });

  test('notes which grants were used', () => {
    const grants = stack.permissions.grants().filter(({ text }) => text.startsWith('Caller '));

    expect(grants.filter(({ isUsed }) => !isUsed).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Caller may dynamodb:PutItem on .*\/table if dynamodb:LeadingKeys /),
    ]);
  });
});

describe('a service that calls by itself', () => {
  /** What is denied in a stack of which `start` makes something happen. */
  const denialsIn = async (
    parts: Parameters<typeof startSmallStack>[0],
    start: (small: LocalStack) => unknown = () => {},
  ): Promise<readonly Denial[]> => {
    const small = await startSmallStack(parts);
    try {
      await start(small);
      return await waitFor(
        'something is denied',
        () => small.permissions.denials().length > 0 && small.permissions.denials(),
      );
    } finally {
      await small.stop();
    }
  };
  const echo = 'export const handler = async (event) => event;';
  const poor = { Role: arnOf('NothingRole') };
  const nothing = role('NothingRole', [allow('s3:GetObject', '*')]);
  const put = (small: LocalStack) =>
    callAws({
      endpoint: small.environment.AWS_ENDPOINT_URL_EVENTBRIDGE ?? '',
      target: 'AWSEvents.PutEvents',
      version: '1.1',
      body: { Entries: [{ EventBusName: 'Bus', Source: 'test', DetailType: 'b', Detail: '{}' }] },
    });
  const ruleTo = (to: string) => ({
    ...bus('Bus'),
    ...rule('Rule', 'Bus', { source: ['test'] }, [{ to, RoleArn: undefined }]),
  });

  test('polls no queue for a function that may not receive from it', async () => {
    const parts = { functions: { Echo: echo }, functionProperties: { Echo: poor } };

    const denials = await denialsIn({
      ...parts,
      resources: { ...nothing, ...queue('Jobs'), ...eventSource('Jobs', 'Echo') },
    });

    expect(denials.map(({ caller, action }) => `${caller} ${action}`)).toEqual([
      'Echo sqs:ReceiveMessage',
      'Echo sqs:DeleteMessage',
      'Echo sqs:GetQueueAttributes',
    ]);
  });

  test('invokes no function for a gateway whose role does not allow it', async () => {
    const resources = { ...nothing, ...httpApi({ 'GET /': { fn: 'Echo' } }) };
    Object.assign(resources.Integration0?.Properties ?? {}, { CredentialsArn: arnOf('NothingRole') });
    let status = 0;

    const denials = await denialsIn({ functions: { Echo: echo }, resources }, async (small) => {
      status = (await fetch(small.url)).status;
    });

    expect(status).toBe(500);
    expect(denials).toMatchObject([{ caller: 'the HTTP API', action: 'lambda:InvokeFunction' }]);
  });

  test('sends no event to a queue whose policy does not name the rule', async () => {
    const { Jobs } = queue('Jobs');
    const resources = { ...(Jobs && { Jobs }), ...ruleTo('Jobs') };

    expect(await denialsIn({ resources }, put)).toMatchObject([
      { caller: 'events.amazonaws.com', action: 'sqs:SendMessage' },
    ]);
  });

  test('hands no event to a function without a permission for the rule', async () => {
    const permission = {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: arnOf('Echo'),
        Principal: 'events.amazonaws.com',
        SourceArn: 'arn:aws:events:us-east-1:000000000000:rule/Another',
      },
    };
    const resources = { ...ruleTo('Echo'), Permission: permission };

    expect(await denialsIn({ functions: { Echo: echo }, resources }, put)).toMatchObject([
      { caller: 'events.amazonaws.com', action: 'lambda:InvokeFunction' },
    ]);
  });

  test('runs no step of a machine whose role may not invoke the function', async () => {
    const definition = { StartAt: 'Work', States: { Work: { Type: 'Task', Resource: 'ARN', End: true } } };
    const [before = '', after = ''] = JSON.stringify(definition).split('ARN');
    const machine = {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'machine',
        RoleArn: arnOf('NothingRole'),
        DefinitionString: { 'Fn::Join': ['', [before, arnOf('Echo'), after]] },
      },
    };

    const denials = await denialsIn({ functions: { Echo: echo }, resources: { ...nothing, machine } }, (small) =>
      callAws({
        endpoint: small.environment.AWS_ENDPOINT_URL_SFN ?? '',
        target: 'AWSStepFunctions.StartExecution',
        body: { stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine', input: '{}' },
      }),
    );

    expect(denials).toMatchObject([{ caller: 'machine', action: 'lambda:InvokeFunction' }]);
  });

  test('keeps no event of a function that may not write to its dead-letter queue, nor its log and its traces', async () => {
    const properties = {
      ...poor,
      DeadLetterConfig: { TargetArn: arnOf('Dead') },
      LoggingConfig: { LogGroup: 'logs' },
      TracingConfig: { Mode: 'Active' },
    };

    const denials = await denialsIn({
      functions: { Echo: echo },
      functionProperties: { Echo: properties },
      resources: { ...nothing, ...queue('Dead') },
    });

    expect(denials.map(({ action }) => action)).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'sqs:SendMessage',
    ]);
  });
});
