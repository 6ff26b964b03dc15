import { expect, test } from 'vitest';
import * as table from '#contract/queues.ts';
import { nameOf, rightsByFunction } from './rights-in.ts';
import { referenceIn, resourcesOf, templateOf } from './synthesized.ts';

const queues = Object.values<table.QueueDefinition>(table);
const template = templateOf();
const namesById = new Map(resourcesOf(template, 'AWS::SQS::Queue').map(([id, queue]) => [id, nameOf(queue)]));
const functionsById = new Map(resourcesOf(template, 'AWS::Lambda::Function').map(([id, fn]) => [id, nameOf(fn)]));
const queueIn = (value: unknown): string => namesById.get(referenceIn(value)) ?? '';

const consumers = new Map(
  resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => [
    queueIn(Properties.EventSourceArn),
    functionsById.get(referenceIn(Properties.FunctionName)),
  ]),
);

const fedByRules = resourcesOf(template, 'AWS::Events::Rule').flatMap(([, { Properties }]) =>
  (Properties.Targets as { readonly Arn: unknown }[]).map(({ Arn }) => queueIn(Arn)),
);

const producersOf = (name: string): string[] =>
  [...rightsByFunction(template)].flatMap(([fn, rights]) =>
    rights.some(({ action, on }) => action === 'sqs:SendMessage' && namesById.get(on) === name) ? [fn] : [],
  );

const givenUpFrom = (name: string): string[] =>
  resourcesOf(template, 'AWS::SQS::Queue').flatMap(([, queue]) => {
    const { RedrivePolicy } = queue.Properties;
    return RedrivePolicy !== undefined && queueIn(RedrivePolicy) === name ? [nameOf(queue)] : [];
  });

test('every queue that a function works on is in the table, with that function', () => {
  expect(consumers).toEqual(new Map(queues.map(({ name, consumer }) => [name, consumer])));
});

test.each(queues)('$name is fed by those who the table says', ({ name, producers, events, givenUpFrom: others }) => {
  expect(producersOf(name).sort()).toEqual([...(producers ?? [])].sort());
  expect(fedByRules.includes(name)).toBe(events !== undefined);
  expect(givenUpFrom(name).sort()).toEqual([...(others ?? [])].sort());
});
