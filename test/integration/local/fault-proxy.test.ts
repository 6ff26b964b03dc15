import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AwsCallFailed, callAws } from '#infra/local/engine/call-aws.ts';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import { startFaultProxy } from '#test/support/fault-proxy.ts';
import { waitFor } from '#test/support/local-stack.ts';
import { bus, queue, rule, startSmallStack } from './small-stack.ts';

let stack: LocalStack;

beforeAll(async () => {
  stack = await startSmallStack({
    resources: {
      ...queue('Jobs'),
      ...queue('Lost'),
      ...bus('Bus'),
      ...queue('Events'),
      ...rule('All', 'Bus', { source: ['test'] }, ['Events']),
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: 'things',
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        },
      },
    },
  });
});

afterAll(() => stack.stop());

const engine = (name: string): string => stack.environment[`AWS_ENDPOINT_URL_${name}`] ?? '';

const numbers = (count: number) => Array.from({ length: count }, (_, at) => String(at));

/** Repeats a call until some fault let a part of it through, and returns what is said of that part. */
const partly = async <Answer>(call: () => Promise<unknown>, isPart: (answer: Answer) => boolean): Promise<Answer> =>
  waitFor('a part was done', async () => {
    const answer = (await call().catch(() => undefined)) as Answer | undefined;
    return answer && isPart(answer) && answer;
  });

describe('a fault proxy', () => {
  test('leaves messages of a batch unsent and says which', async () => {
    const proxy = await startFaultProxy('sqs', engine('SQS'), { seed: 1, rate: 1, lostAnswers: 0 });
    const body = {
      QueueUrl: `${engine('SQS')}/000000000000/Jobs`,
      Entries: numbers(10).map((Id) => ({ Id, MessageBody: Id })),
    };
    const send = () => callAws({ endpoint: proxy.endpoint, target: 'AmazonSQS.SendMessageBatch', body });

    const answer = await partly<{ Successful: { Id: string }[]; Failed: { Id: string }[] }>(
      send,
      ({ Failed }) => Failed.length > 0,
    );

    const sent = answer.Successful.map(({ Id }) => Id);
    expect([...sent, ...answer.Failed.map(({ Id }) => Id)].sort()).toEqual(numbers(10));
    expect((await stack.queues.peek('Jobs')).ready.sort()).toEqual(sent.sort());
    expect(proxy.counts.partlyDone).toBe(1);
    await proxy.stop();
  });

  test('leaves items of a batch unwritten, and statements unrun, and says which', async () => {
    const proxy = await startFaultProxy('dynamodb', engine('DYNAMODB'), { seed: 2, rate: 1, lostAnswers: 0 });
    const target = (operation: string) => ({ endpoint: proxy.endpoint, target: `DynamoDB_20120810.${operation}` });
    const puts = numbers(10).map((pk) => ({ PutRequest: { Item: { pk: { S: pk } } } }));
    const inserts = numbers(10).map((pk) => ({ Statement: `INSERT INTO "things" VALUE {'pk': '${pk}-b'}` }));

    const written = await partly<{ UnprocessedItems?: { things?: unknown[] } }>(
      () => callAws({ ...target('BatchWriteItem'), body: { RequestItems: { things: puts } } }),
      ({ UnprocessedItems }) => (UnprocessedItems?.things?.length ?? 0) > 0,
    );
    const inserted = await partly<{ Responses: { Error?: { Code: string } }[] }>(
      () => callAws({ ...target('BatchExecuteStatement'), body: { Statements: inserts } }),
      ({ Responses }) => Responses.some((response) => response.Error),
    );

    const { Items } = (await callAws({
      endpoint: engine('DYNAMODB'),
      target: 'DynamoDB_20120810.Scan',
      body: { TableName: 'things' },
    })) as { Items: { pk: { S: string } }[] };
    const stored = (ending: string) => Items.filter(({ pk }) => pk.S.endsWith('-b') === (ending === '-b')).length;
    expect(stored('')).toBe(10 - (written.UnprocessedItems?.things?.length ?? 0));
    expect(stored('-b')).toBe(inserted.Responses.filter((response) => !response.Error).length);
    expect(inserted.Responses).toHaveLength(10);
    await proxy.stop();
  });

  test('leaves entries of PutEvents out and says which', async () => {
    const proxy = await startFaultProxy('eventBridge', engine('EVENTBRIDGE'), { seed: 3, rate: 1, lostAnswers: 0 });
    const Entries = numbers(10).map((id) => ({
      Source: 'test',
      DetailType: 't',
      Detail: JSON.stringify({ id }),
      EventBusName: 'Bus',
    }));
    const put = () => callAws({ endpoint: proxy.endpoint, target: 'AWSEvents.PutEvents', body: { Entries } });

    const answer = await partly<{ FailedEntryCount: number; Entries: { EventId?: string; ErrorCode?: string }[] }>(
      put,
      ({ FailedEntryCount }) => FailedEntryCount > 0,
    );

    const accepted = numbers(10).filter((_, at) => answer.Entries[at]?.EventId !== undefined);
    expect(answer.FailedEntryCount).toBe(10 - accepted.length);
    const arrived = await waitFor('they arrive', async () => {
      const { ready } = await stack.queues.peek('Events');
      return (
        ready.length === accepted.length &&
        ready.map((text) => (JSON.parse(text) as { detail: { id: string } }).detail.id)
      );
    });
    expect(arrived.sort()).toEqual(accepted);
    await proxy.stop();
  });

  test('loses answers after the work was done', async () => {
    const proxy = await startFaultProxy('sqs', engine('SQS'), { seed: 4, rate: 0, lostAnswers: 1 });
    const body = { QueueUrl: `${engine('SQS')}/000000000000/Lost`, MessageBody: 'done all the same' };

    const sending = callAws({ endpoint: proxy.endpoint, target: 'AmazonSQS.SendMessage', body });

    await expect(sending).rejects.toThrow('socket hang up');
    expect((await stack.queues.peek('Lost')).ready).toEqual(['done all the same']);
    await proxy.stop();
  });

  test('refuses in the words of the service, the same way for the same seed, until it is calmed', async () => {
    const list = (endpoint: string) => callAws({ endpoint, target: 'DynamoDB_20120810.ListTables', body: {} });
    const courseOf = async (seed: number): Promise<string[]> => {
      const proxy = await startFaultProxy('dynamodb', engine('DYNAMODB'), { seed, rate: 0.5, lostAnswers: 0 });
      const codes: string[] = [];
      for (let at = 0; at < 60; at += 1) {
        codes.push(
          await list(proxy.endpoint).then(
            () => 'ok',
            (error: unknown) => (error instanceof AwsCallFailed ? error.code : 'lost'),
          ),
        );
      }
      proxy.calm();
      await list(proxy.endpoint);
      await proxy.stop();
      return codes;
    };

    const course = await courseOf(5);

    expect(await courseOf(5)).toEqual(course);
    expect(new Set(course)).toEqual(
      new Set(['ok', 'ProvisionedThroughputExceededException', 'ThrottlingException', 'InternalServerError']),
    );
  });
});
