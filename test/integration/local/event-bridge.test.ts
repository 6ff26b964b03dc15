import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AwsCallFailed, callAws } from '#infra/local/engine/call-aws.ts';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import { waitFor } from '#test/support/local-stack.ts';
import { arnOf, bus, queue, rule, startSmallStack } from './small-stack.ts';

let stack: LocalStack;
const lines: string[] = [];

beforeAll(async () => {
  stack = await startSmallStack(
    {
      functions: {
        Fails:
          'let calls = 0; export const handler = async (event) => { calls += 1; throw new Error("attempt " + calls); };',
      },
      functionProperties: { Fails: { DeadLetterConfig: { TargetArn: arnOf('FunctionDead') } } },
      resources: {
        ...bus('Bus'),
        ...bus('Other'),
        ...queue('All'),
        ...queue('Paths'),
        ...queue('Fixed'),
        ...queue('Hopped'),
        ...queue('FunctionDead'),
        ...queue('TargetDead'),
        ...rule('Everything', 'Bus', { source: ['test'] }, ['All', { to: 'Paths', InputPath: '$.detail.id' }]),
        ...rule('Some', 'Bus', { 'detail-type': [{ prefix: 'fixed' }] }, [{ to: 'Fixed', Input: '{"fixed":true}' }]),
        ...rule('Hop', 'Bus', { 'detail-type': ['hop'] }, ['Other']),
        ...rule('Hopped1', 'Other', { source: ['test'] }, ['Hopped']),
        ...rule('ToFunction', 'Bus', { 'detail-type': ['call'] }, ['Fails']),
        Lost: {
          Type: 'AWS::Events::Rule',
          Properties: {
            EventBusName: { Ref: 'Bus' },
            EventPattern: { 'detail-type': ['lost'] },
            Targets: [
              {
                Id: 'Nowhere',
                Arn: 'arn:aws:sqs:us-east-1:000000000000:nowhere',
                DeadLetterConfig: { Arn: arnOf('TargetDead') },
              },
            ],
          },
        },
      },
    },
    { redeliverAfterSeconds: 0, logLevel: 'WARN', writeLog: (line) => lines.push(line) },
  );
});

afterAll(() => stack.stop());

const entry = (detailType: string, rest: object = {}) => ({
  Source: 'test',
  DetailType: detailType,
  Detail: JSON.stringify({ id: 7 }),
  EventBusName: 'Bus',
  ...rest,
});

const putEvents = (entries: readonly object[]) =>
  callAws({
    endpoint: stack.environment.AWS_ENDPOINT_URL_EVENTBRIDGE ?? '',
    target: 'AWSEvents.PutEvents',
    version: '1.1',
    body: { Entries: entries },
  });

const messages = (name: string, count: number) =>
  waitFor(`${count} messages in ${name}`, async () => {
    const { ready } = await stack.queues.peek(name);
    return ready.length >= count && ready.map((body) => JSON.parse(body) as Record<string, unknown>);
  });

describe('PutEvents', () => {
  test('brings an event in its envelope to every target of the rules that match', async () => {
    const answer = await putEvents([entry('plain', { Resources: ['r'], Time: 1_700_000_000 }), entry('fixed-1')]);

    expect(answer).toMatchObject({
      FailedEntryCount: 0,
      Entries: [{ EventId: expect.stringMatching(/^[\w-]{36}$/) }, {}],
    });
    expect((await messages('All', 2))[0]).toEqual({
      version: '0',
      id: (answer as { Entries: { EventId: string }[] }).Entries[0]?.EventId,
      'detail-type': 'plain',
      source: 'test',
      account: '000000000000',
      time: '2023-11-14T22:13:20Z',
      region: 'us-east-1',
      resources: ['r'],
      detail: { id: 7 },
    });
    expect(await messages('Paths', 2)).toEqual([7, 7]);
    expect(await messages('Fixed', 1)).toEqual([{ fixed: true }]);
  });

  test('answers only when the event lies in the queues of its targets, whatever characters it has', async () => {
    const said = { id: 'z🎉\u{10FFFF}z' };

    await putEvents([entry('emoji', { Detail: JSON.stringify(said) })]);
    const { ready } = await stack.queues.peek('All');

    expect(ready.map((body) => JSON.parse(body))).toContainEqual(
      expect.objectContaining({ 'detail-type': 'emoji', detail: said }),
    );
  });

  test('goes on to another bus and its rules', async () => {
    await putEvents([entry('hop')]);

    expect(await messages('Hopped', 1)).toMatchObject([{ 'detail-type': 'hop', source: 'test' }]);
  });

  test('refuses entries one by one and takes the others', async () => {
    const answer = await putEvents([
      entry('good'),
      entry('bad', { Detail: 'no JSON' }),
      entry('bad', { Detail: '[1]' }),
      entry('', {}),
      entry('bad', { EventBusName: 'nowhere' }),
    ]);

    expect(answer).toMatchObject({
      FailedEntryCount: 4,
      Entries: [
        { EventId: expect.any(String) },
        { ErrorCode: 'MalformedDetail' },
        { ErrorCode: 'MalformedDetail' },
        { ErrorCode: 'InvalidArgument' },
        { ErrorCode: 'InvalidArgument' },
      ],
    });
  });

  test.each([
    ['no entry', [], 'ValidationException'],
    ['more than ten entries', Array(11).fill(entry('many')), 'ValidationException'],
    [
      'more than 256 KB',
      Array(2).fill(entry('large', { Detail: JSON.stringify('a'.repeat(140_000)) })),
      'ValidationException',
    ],
  ])('refuses a request with %s', async (_name, entries, code) => {
    const failed = await putEvents(entries).catch((error: unknown) => error);

    expect(failed).toBeInstanceOf(AwsCallFailed);
    expect(failed).toMatchObject({ code });
  });

  test('knows no other operation', async () => {
    const endpoint = stack.environment.AWS_ENDPOINT_URL_EVENTBRIDGE ?? '';

    await expect(callAws({ endpoint, target: 'AWSEvents.PutRule', body: {} })).rejects.toThrow(
      'PutRule does not run here',
    );
  });
});

describe('an event that does not arrive', () => {
  test('is tried twice again by Lambda when the function fails, and ends in its dead-letter queue', async () => {
    await putEvents([entry('call')]);

    expect(await messages('FunctionDead', 1)).toMatchObject([{ 'detail-type': 'call' }]);
    expect(lines).toEqual([1, 2, 3].map((attempt) => `[Fails] Error: attempt ${attempt}`));
  });

  test("ends in the target's dead-letter queue when the target cannot be reached", async () => {
    await putEvents([entry('lost')]);

    expect(await messages('TargetDead', 1)).toMatchObject([{ 'detail-type': 'lost' }]);
  });
});
