import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workflowExecutionsOn } from '#aws/workflows/workflow-executions.ts';
import type { LocalStack, LocalStackOptions } from '#infra/local/start-local-stack.ts';
import { clientFor } from '#test/support/engines.ts';
import { startFaultProxy } from '#test/support/fault-proxy.ts';
import { waitFor } from '#test/support/local-stack.ts';
import { startSmallStack } from './small-stack.ts';

/** A machine whose definition names the functions Work and Gate as templates do. */
const machine = {
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineName: 'machine',
      RoleArn: { 'Fn::GetAtt': ['MayDoEverything', 'Arn'] },
      DefinitionString: {
        'Fn::Join': [
          '',
          [
            `{"StartAt":"Work","States":{
              "Work":{"Type":"Task","Resource":"`,
            { 'Fn::GetAtt': ['Work', 'Arn'] },
            `","Retry":[{"ErrorEquals":["States.Timeout"],"MaxAttempts":0},{"ErrorEquals":["States.ALL"],"IntervalSeconds":100,"MaxAttempts":3}],
              "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.failure","Next":"Caught"}],"Next":"Next"},
              "Caught":{"Type":"Pass","End":true},
              "Next":{"Type":"Choice","Choices":[
                {"Variable":"$.kind","StringEquals":"wait","Next":"Wait"},
                {"Variable":"$.kind","StringEquals":"gate","Next":"Gate"},
                {"Variable":"$.kind","StringEquals":"fail","Next":"Failed"}],"Default":"Done"},
              "Wait":{"Type":"Wait","TimestampPath":"$.until","Next":"Work"},
              "Gate":{"Type":"Task","Resource":"arn:`,
            { Ref: 'AWS::Partition' },
            ':states:::lambda:invoke.waitForTaskToken","Parameters":{"FunctionName":"',
            { 'Fn::GetAtt': ['Gate', 'Arn'] },
            `","Payload":{"from.$":"$.from","taskToken.$":"$$.Task.Token"}},"TimeoutSecondsPath":"$.seconds","ResultPath":"$.answer",
              "Catch":[{"ErrorEquals":["States.Timeout"],"ResultPath":"$.timeout","Next":"Done"}],"Next":"Done"},
              "Failed":{"Type":"Fail","Error":"Wanted","Cause":"It was asked to"},
              "Done":{"Type":"Succeed"}}}`,
          ],
        ],
      },
    },
  },
};

/** Work does what its input says, the first time that it comes: wait, gate, fail, throw, or nothing. */
const functions = {
  Work: `let throws = {};
    export const handler = async (input) => {
      if (input.throws && (throws[input.from] = (throws[input.from] ?? 0) + 1) <= input.throws) throw new TypeError('not yet');
      if (input.kind === 'wait') return { ...input, kind: 'waited' };
      return { ...input, kind: input.first ?? 'end', first: undefined, until: new Date(Date.now() + (input.ms ?? 0)).toISOString() };
    };`,
  Gate: `export const handler = async ({ from, taskToken }) => {
      if (from === 'answered-at-once') await fetch(process.env.AWS_ENDPOINT_URL_SFN, { method: 'POST', headers: { 'x-amz-target': 'AWSStepFunctions.SendTaskSuccess' }, body: JSON.stringify({ taskToken, output: '"at once"' }) });
      console.log('token of ' + from + '=' + taskToken + ';');
    };`,
};

const lines: string[] = [];
const options: LocalStackOptions = { logLevel: 'INFO', writeLog: (line) => lines.push(line), redeliverAfterSeconds: 0 };

const clientOf = ({ environment }: LocalStack) =>
  new SFNClient(clientFor({ endpoint: environment.AWS_ENDPOINT_URL_SFN ?? '' }));

const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:machine';

let stack: LocalStack;
let client: SFNClient;
beforeAll(async () => {
  stack = await startSmallStack({ functions, resources: machine }, { ...options, waitFactor: 0.001 });
  client = clientOf(stack);
});
afterAll(() => stack.stop());

const start = async (name: string, input: object, by = client): Promise<string> => {
  const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
  return (await by.send(command)).executionArn ?? '';
};

const ended = (executionArn: string, by = client): Promise<DescribeExecutionCommandOutput> =>
  waitFor(`${executionArn} is over`, async () => {
    const execution = await by.send(new DescribeExecutionCommand({ executionArn }));
    return execution.status !== 'RUNNING' && execution;
  });

const tokenOf = (from: string): Promise<string> =>
  waitFor(`the token of ${from}`, () => new RegExp(`token of ${from}=([^;]+);`).exec(lines.join('\n'))?.[1]);

describe('an execution', () => {
  test('runs the definition of the template with the functions of the stack', async () => {
    const execution = await ended(await start('plain', { from: 'plain' }));

    expect(execution).toMatchObject({ status: 'SUCCEEDED', name: 'plain', stateMachineArn });
    expect(JSON.parse(execution.output ?? '')).toMatchObject({ from: 'plain', kind: 'end' });
  });

  test('waits until the time that its input says, in a thousandth of the time', async () => {
    const execution = await ended(await start('waits', { from: 'waits', first: 'wait', ms: 600_000 }));

    expect(JSON.parse(execution.output ?? '')).toMatchObject({ from: 'waits' });
  });

  test('has a name of its own: the same again is the same while it runs, and another or a later one is refused', async () => {
    const input = { from: 'named', first: 'gate', seconds: 9_000_000 };
    const arns = [await start('named', input), await start('named', input)];
    const other = await start('named', { from: 'other' }).catch((error: Error) => error.name);
    await client.send(new SendTaskSuccessCommand({ taskToken: await tokenOf('named'), output: '1' }));
    await ended(arns[0] ?? '');
    const later = await start('named', input).catch((error: Error) => error.name);

    expect(new Set(arns).size).toBe(1);
    expect([other, later]).toEqual(['ExecutionAlreadyExists', 'ExecutionAlreadyExists']);
  });

  test('goes on with what its token is answered with, fails or times out, and the token is good for one answer', async () => {
    const gate = (from: string, seconds = 9_000_000) => start(from, { from, first: 'gate', seconds });
    const arns = [
      await gate('succeeds'),
      await gate('fails'),
      await gate('times-out', 100),
      await gate('answered-at-once'),
    ];
    const taskToken = await tokenOf('succeeds');
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"heard":true}' }));
    const again = await client
      .send(new SendTaskSuccessCommand({ taskToken, output: '{}' }))
      .catch((error: Error) => error.name);
    await client.send(new SendTaskFailureCommand({ taskToken: await tokenOf('fails'), error: 'Refused', cause: 'No' }));

    const executions = await Promise.all(arns.map((arn) => ended(arn)));

    expect(again).toBe('TaskTimedOut');
    expect(executions.map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED', 'SUCCEEDED', 'SUCCEEDED']);
    expect(executions[1]).toMatchObject({ error: 'Refused', cause: 'No' });
    const outputs = executions.map(({ output }) => output && JSON.parse(output));
    expect(outputs).toMatchObject([
      { answer: { heard: true } },
      undefined,
      { timeout: { Error: 'States.Timeout' } },
      { answer: 'at once' },
    ]);
  });

  test('repeats what failed, and catches what keeps failing', async () => {
    const [mended, caught] = [
      await ended(await start('mended', { from: 'mended', throws: 3 })),
      await ended(await start('caught', { from: 'caught', throws: 99 })),
    ];

    expect([mended, caught].map(({ output }) => JSON.parse(output ?? ''))).toMatchObject([
      { kind: 'end' },
      { failure: { Error: 'TypeError', Cause: 'not yet' } },
    ]);
  });

  test('ends in what its definition calls a failure', async () => {
    expect(await ended(await start('wanted', { from: 'wanted', first: 'fail' }))).toMatchObject({
      status: 'FAILED',
      error: 'Wanted',
      cause: 'It was asked to',
    });
  });

  test.each([
    ['a machine that does not exist', { stateMachineArn: 'arn:nowhere', input: '{}' }, 'StateMachineDoesNotExist'],
    ['an input that is no JSON', { stateMachineArn, input: '{' }, 'InvalidExecutionInput'],
    ['a name with spaces', { stateMachineArn, name: 'a b', input: '{}' }, 'ValidationException'],
  ])('is not begun for %s', async (_, input, error) => {
    await expect(client.send(new StartExecutionCommand(input))).rejects.toMatchObject({ name: error });
  });
});

test('the port of the product starts and wakes through throttling, and takes what is over already for done', async () => {
  const proxy = await startFaultProxy('stepFunctions', stack.environment.AWS_ENDPOINT_URL_SFN ?? '', {
    seed: 3,
    rate: 0.4,
    lostAnswers: 0.3,
  });
  const executions = workflowExecutionsOn(new SFNClient(clientFor({ endpoint: proxy.endpoint })), stateMachineArn);

  await Promise.all(Array.from({ length: 10 }, (_, index) => executions.start(`run-${index % 5}`)));
  await executions.wake('nobody waits by this');
  await proxy.stop();

  expect(proxy.counts.refused).toBeGreaterThan(0);
});

test('what was under way when the stack stopped begins again from a data folder, with the input that it had', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-states-'));
  const first = await startSmallStack({ functions, resources: machine }, { ...options, dataDir });
  const arn = await start('kept', { from: 'kept', first: 'gate', seconds: 9_000_000 }, clientOf(first));
  const over = await start('over', { from: 'over' }, clientOf(first));
  await tokenOf('kept');
  await ended(over, clientOf(first));
  await first.stop();
  lines.length = 0;

  const second = await startSmallStack({ functions, resources: machine }, { ...options, dataDir });
  const taskToken = await tokenOf('kept');
  await clientOf(second).send(new SendTaskSuccessCommand({ taskToken, output: '"later"' }));
  const kept = await ended(arn, clientOf(second));
  const known = await ended(over, clientOf(second));
  await second.stop();
  await rm(dataDir, { recursive: true, force: true });

  expect(JSON.parse(kept.output ?? '')).toMatchObject({ from: 'kept', answer: 'later' });
  expect(known.status).toBe('SUCCEEDED');
});
