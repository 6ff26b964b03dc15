import { describe, expect, test } from 'vitest';
import { settingsOf } from '#infra/settings.ts';
import { nameOf } from './rights-in.ts';
import { referenceIn, resourcesOf, type Template, templateOf } from './synthesized.ts';

const template = templateOf(settingsOf('local', { importConcurrency: 25, chunkTimeoutSeconds: 40 }));

/** The properties of a function by its folder, or of a queue by its name within the stage. */
const propertiesOf = (type: string, name: string) => {
  const found = resourcesOf(template, type).find(([, resource]) => nameOf(resource) === name);
  if (!found) throw new Error(`There is no ${name}`);
  return found[1].Properties;
};
const fn = (name: string) => propertiesOf('AWS::Lambda::Function', name);
const queue = (name: string) => propertiesOf('AWS::SQS::Queue', name);
const nameAt = (of: Template, value: unknown) => {
  const resource = of.Resources[referenceIn(value)];
  return resource && nameOf(resource);
};

describe('every function', () => {
  const functions = resourcesOf(template, 'AWS::Lambda::Function').map(([, resource]) => resource);

  test.each(functions.map((each) => [nameOf(each), each] as const))(
    '%s runs on Node 24 arm64 with traces',
    (name, each) => {
      expect(each.Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        Environment: { Variables: { POWERTOOLS_SERVICE_NAME: name, POWERTOOLS_LOG_LEVEL: 'INFO' } },
      });
    },
  );

  test('writes to a log group of its own', () => {
    const groups = functions.map(({ Properties }) => referenceIn(Properties.LoggingConfig));

    expect(new Set(groups).size).toBe(functions.length);
  });
});

describe('a chunk', () => {
  test('is worked on alone, as many at once as the setting says', () => {
    expect(deliveryTo('import-chunk')).toMatchObject({
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 25 },
    });
  });

  test('comes again only after no earlier delivery can still run', () => {
    expect(fn('import-chunk').Timeout).toBe(40);
    expect(queue('chunks').VisibilityTimeout).toBe(240);
  });

  test('is given up after five deliveries, to the function that says so', () => {
    const { deadLetterTargetArn, maxReceiveCount } = redriveOf('chunks');

    expect([nameAt(template, deadLetterTargetArn), maxReceiveCount]).toEqual(['failed-chunks', 5]);
    expect(deliveryTo('fail-chunk')).toMatchObject({ BatchSize: 1 });
  });

  test('that cannot even be given up waits for a person', () => {
    const { deadLetterTargetArn, maxReceiveCount } = redriveOf('failed-chunks');

    expect([nameAt(template, deadLetterTargetArn), maxReceiveCount]).toEqual(['dead-letter', 10]);
    expect(queue('dead-letter').MessageRetentionPeriod).toBe(14 * 86_400);
  });
});

test('a new subscriber is looked at once more after the time that the setting says', () => {
  const { deadLetterTargetArn, maxReceiveCount } = redriveOf('subscriptions');

  expect(queue('subscriptions').DelaySeconds).toBe(60);
  expect(deliveryTo('publish-subscription')).toMatchObject({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
  expect([nameAt(template, deadLetterTargetArn), maxReceiveCount]).toEqual(['subscriptions-dead-letter', 5]);
});

test('every event of ours goes to the event log, in batches whose failures are told apart', () => {
  const rule = resourcesOf(template, 'AWS::Events::Rule').find(([id]) => id.startsWith('EventsEverything'))?.[1];

  expect(rule?.Properties.EventPattern).toEqual({ source: ['rollcall'] });
  expect(nameAt(template, rule?.Properties.Targets)).toBe('event-log');
  expect(deliveryTo('log-events')).toMatchObject({
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 1,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
});

test('queues are reached over TLS only', () => {
  const queues = resourcesOf(template, 'AWS::SQS::Queue').map(([id]) => id);
  const guarded = resourcesOf(template, 'AWS::SQS::QueuePolicy')
    .filter(([, { Properties }]) => JSON.stringify(Properties).includes('"aws:SecureTransport":"false"'))
    .map(([, { Properties }]) => referenceIn(Properties.Queues));

  expect(guarded.sort()).toEqual(queues.sort());
});

function deliveryTo(name: string) {
  return resourcesOf(template, 'AWS::Lambda::EventSourceMapping').find(
    ([, { Properties }]) => nameAt(template, Properties.FunctionName) === name,
  )?.[1].Properties;
}

function redriveOf(name: string) {
  return queue(name).RedrivePolicy as { deadLetterTargetArn: unknown; maxReceiveCount: number };
}
