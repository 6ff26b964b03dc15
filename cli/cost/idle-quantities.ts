import type { Template } from '#infra/local/template/template.ts';
import type { Quantities } from './prices.ts';

/**
 * Long polls of 20 seconds by five pollers, for 30 days: how AWS Lambda watches a queue that is empty.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export const pollsPerQueue = 5 * 3 * 60 * 24 * 30;

/** What a stage uses in a month in which nobody calls it, by its template. */
export const idleQuantities = (template: Template): Quantities => ({
  polls: watchedQueues(template) * pollsPerQueue,
  alarms: countOf(template, 'AWS::CloudWatch::Alarm'),
  dashboards: countOf(template, 'AWS::CloudWatch::Dashboard'),
});

/** Queues that functions take messages from. */
export const watchedQueues = (template: Template): number => countOf(template, 'AWS::Lambda::EventSourceMapping');

const countOf = ({ Resources = {} }: Template, type: string): number =>
  Object.values(Resources).filter(({ Type, Properties }) => Type === type && Properties?.Enabled !== false).length;
