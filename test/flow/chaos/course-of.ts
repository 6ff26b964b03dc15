import type { ProvidedContext } from 'vitest';
import type { Course } from './stack-course.ts';

interface Queue {
  readonly QueueName?: string;
  RedrivePolicy?: { maxReceiveCount: number };
  DelaySeconds?: number;
}

interface Resources {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Queue }>>;
}

/** The course of the stack that was built for all flow tests, at its start. */
export const courseOf = (about: {
  readonly source: ProvidedContext['stack'];
  readonly seed: number;
  readonly port: number;
  readonly dataDir: string;
}): Course => {
  const template = JSON.parse(about.source.template) as Resources;
  for (const { Properties } of queuesIn(template)) {
    // Workers die more often than in a lifetime, and nothing is to be given up for that.
    if (Properties.RedrivePolicy) Properties.RedrivePolicy.maxReceiveCount = 1000;
    if (/-subscriptions$/.test(Properties.QueueName ?? '')) Properties.DelaySeconds = 1;
  }
  return {
    ...about,
    key: 'chaos-key',
    minutesLater: 0,
    rates: { dynamodb: 0.03, sqs: 0.05, s3: 0.03, ses: 0.1, eventBridge: 0.05 },
    source: { ...about.source, template },
  };
};

/** The names of all queues. */
export const queuesOf = ({ source }: Course): string[] =>
  queuesIn(source.template as Resources).flatMap(({ Properties }) => Properties.QueueName ?? []);

const queuesIn = ({ Resources }: Resources) =>
  Object.values(Resources).filter(({ Type }) => Type === 'AWS::SQS::Queue');
