import { expect, test } from 'vitest';
import { settingsOf } from '#infra/settings.ts';
import { callThemselves } from './calls-itself.ts';
import { nameOf } from './rights-in.ts';
import { type Resource, resourcesOf, type Template, templateOf } from './synthesized.ts';

const template = templateOf(settingsOf('local'));

test('the functions that may queue their own work, and no others, tell Lambda that they mean it', () => {
  const allowed = resourcesOf(template, 'AWS::Lambda::Function').filter(
    ([, { Properties }]) => Properties.RecursiveLoop === 'Allow',
  );

  expect(callThemselves(template)).toEqual([
    'count-contacts',
    'empty-segment',
    'erase-traces',
    'fetch-upload',
    'predict-import',
    'send-to-segment',
    'split-upload',
    'undo-rows',
  ]);
  expect(allowed.map(([, fn]) => nameOf(fn)).sort()).toEqual(callThemselves(template));
});

test('loops over several functions are found, by queues, dead-letter queues and calls', () => {
  const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
  const fn = (name: string, statements: object[]): [string, Resource][] => [
    [
      name,
      {
        Type: 'AWS::Lambda::Function',
        Properties: { FunctionName: `rollcall-test-${name}`, Role: arn(`${name}Role`) },
      },
    ],
    [
      `${name}Role`,
      { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: statements } }] } },
    ],
  ];
  const sends = (queue: string) => ({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arn(queue) });
  const calls = (name: string) => ({
    Effect: 'Allow',
    Action: 'lambda:InvokeFunction',
    Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:lambda:x:1:function:rollcall-test-${name}`]] },
  });
  const queue = (id: string, properties = {}): [string, Resource] => [
    id,
    { Type: 'AWS::SQS::Queue', Properties: properties },
  ];
  const feeds = (from: string, to: string): [string, Resource] => [
    `${from}To${to}`,
    { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: arn(from), FunctionName: { Ref: to } } },
  ];
  const looping: Template = {
    Outputs: {},
    Resources: Object.fromEntries([
      ...fn('starts', [sends('first')]),
      ...fn('one', [calls('two')]),
      ...fn('two', [sends('second')]),
      ...fn('three', [sends('first')]),
      ...fn('ends', []),
      queue('first'),
      queue('second', { RedrivePolicy: { deadLetterTargetArn: arn('dead') } }),
      queue('dead'),
      feeds('first', 'one'),
      feeds('second', 'ends'),
      feeds('dead', 'three'),
    ]),
  };

  expect(callThemselves(looping)).toEqual(['one', 'three', 'two']);
});
