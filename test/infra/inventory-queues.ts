import { nameOf } from './rights-in.ts';
import { referenceIn, resourcesOf, type Template } from './synthesized.ts';

/** Every queue: who works on its messages, how often and when they come again, and where they end. */
export const queuesTable = (template: Template) =>
  [
    '## Queues',
    '',
    'A message that a function fails on comes again after the pause; after the last attempt it moves on. A queue without a',
    'function keeps its messages until a person looks at them ([runbook.md](runbook.md)).',
    '',
    '| queue | function | attempts | pause | then to | kept for |',
    '|---|---|---|---|---|---|',
    ...resourcesOf(template, 'AWS::SQS::Queue').map(([id, queue]) => {
      const { VisibilityTimeout, MessageRetentionPeriod = defaultRetentionSeconds, RedrivePolicy } = queue.Properties;
      const handler = handlerOf(template, id);
      const redrive = RedrivePolicy as { readonly maxReceiveCount: number; readonly deadLetterTargetArn: unknown };
      const target = RedrivePolicy ? queueNamed(template, referenceIn(redrive.deadLetterTargetArn)) : '';
      const work = [
        handler && `\`${handler}\``,
        RedrivePolicy ? redrive.maxReceiveCount : '',
        handler && span(VisibilityTimeout),
      ];
      return `| \`${nameOf(queue)}\` | ${work.join(' | ')} | ${target && `\`${target}\``} | ${span(MessageRetentionPeriod)} |`;
    }),
    '',
  ].join('\n');

const defaultRetentionSeconds = 345_600;

/** What hands messages of a queue to a function. */
export const mappingsOf = (template: Template) => resourcesOf(template, 'AWS::Lambda::EventSourceMapping');

const handlerOf = (template: Template, queueId: string): string => {
  const mapping = mappingsOf(template).find(([, { Properties }]) => referenceIn(Properties.EventSourceArn) === queueId);
  const fn = mapping && template.Resources[referenceIn(mapping[1].Properties.FunctionName)];
  return fn ? nameOf(fn) : '';
};

const queueNamed = (template: Template, id: string): string => {
  const queue = template.Resources[id];
  return queue ? nameOf(queue) : '';
};

const units = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** A length of time in the largest unit of which it is a multiple of a half. */
const span = (seconds: unknown): string => {
  const total = Number(seconds ?? 30);
  const [size, unit] = units.find(([one]) => total >= one && total % (one / 2) === 0) ?? [1, 'second'];
  const count = total / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};
