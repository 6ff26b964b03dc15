import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import { clientFor } from '#test/support/engines.ts';
import { waitFor } from '#test/support/local-stack.ts';
import { arnOf, bus, eventSource, httpApi, queue, rule, startSmallStack } from './small-stack.ts';

/* All ten functions of a new account are at work until a server answers them. */

const held: ServerResponse[] = [];
let isOpen = false;
let server: Server;
let stack: LocalStack;
beforeAll(async () => {
  server = createServer((_request, response) => {
    if (isOpen) response.end();
    else held.push(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const machine = JSON.stringify({
    StartAt: 'Run',
    States: {
      Run: {
        Type: 'Task',
        Resource: 'arn:aws:lambda:us-east-1:000000000000:function:Quick',
        Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 1, MaxAttempts: 100 }],
        End: true,
      },
    },
  });
  stack = await startSmallStack(
    {
      functions: {
        Slow: `export const handler = async () => { await fetch('${url}'); };`,
        Quick: `export const handler = async (event) => {
          console.log('did ' + (event.Records?.[0]?.body ?? event['detail-type'] ?? event.from ?? 'a request'));
          return { statusCode: 200, batchItemFailures: [] };
        };`,
      },
      resources: {
        ...httpApi({ 'GET /': { fn: 'Quick' } }),
        ...bus('Bus'),
        ...rule('Rule', 'Bus', { source: ['test'] }, ['Quick']),
        ...queue('Dead'),
        ...queue('Jobs', { RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 1 } }),
        ...eventSource('Jobs', 'Quick'),
        Machine: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: { StateMachineName: 'machine', RoleArn: arnOf('MayDoEverything'), DefinitionString: machine },
        },
      },
    },
    {
      strain: { newAccount: true },
      redeliverAfterSeconds: 0.1,
      waitFactor: 0.001,
      logLevel: 'INFO',
      writeLog: (line) => lines.push(line),
    },
  );
});
afterAll(async () => {
  release();
  await stack.stop();
  server.close();
});

const lines: string[] = [];
const done = () => lines.flatMap((line) => /did (.+)/.exec(line)?.[1] ?? []).sort();
const release = () => {
  isOpen = true;
  for (const response of held.splice(0)) response.end();
};
const at = (service: string) => clientFor({ endpoint: stack.environment[`AWS_ENDPOINT_URL_${service}`] ?? '' });

test('beyond ten functions at once, callers get 503, and all that services hand over is done once there is room', async () => {
  const slow = Array.from({ length: 10 }, () => stack.fn('Slow').invoke({}));
  await waitFor('they are at work', () => held.length > 0);

  const refused = await fetch(stack.url);
  const call = new InvokeCommand({ FunctionName: 'Quick' });
  const invoked = new LambdaClient({ ...at('LAMBDA'), maxAttempts: 1 }).send(call).catch((error: Error) => error.name);
  await stack.queues.send('Jobs', ['a message']);
  const Entries = [{ EventBusName: 'Bus', Source: 'test', DetailType: 'an event', Detail: '{}' }];
  await new EventBridgeClient(at('EVENTBRIDGE')).send(new PutEventsCommand({ Entries }));
  const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:machine';
  const input = JSON.stringify({ from: 'an execution' });
  await new SFNClient(at('SFN')).send(new StartExecutionCommand({ stateMachineArn, input }));

  expect([refused.status, await refused.json(), await invoked]).toEqual([
    503,
    { message: 'Service Unavailable' },
    'TooManyRequestsException',
  ]);
  expect(done()).toEqual([]);
  release();
  await Promise.all(slow);
  await waitFor('all is done', () => done().length === 3);
  expect(done()).toEqual(['a message', 'an event', 'an execution']);
  expect((await fetch(stack.url)).status).toBe(200);
  expect((await stack.queues.peek('Dead')).ready).toEqual([]);
});
