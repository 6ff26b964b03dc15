import * as z from 'zod';
import { boolean, leftAside, number, tags } from '../template/property.ts';
import type { Resource, ResourceType } from '../template/resource-type.ts';

const schema = z.strictObject({
  EventSourceArn: z.string().regex(/^arn:aws:sqs:/, 'only SQS queues run as event sources'),
  FunctionName: z.string(),
  Enabled: boolean.default(true),
  BatchSize: number.default(10),
  MaximumBatchingWindowInSeconds: number.default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z.strictObject({ MaximumConcurrency: number.optional() }).optional(),
  MetricsConfig: leftAside('there is no CloudWatch'),
  Tags: tags,
});

/** `AWS::Lambda::EventSourceMapping` of a queue, as far as it runs. */
export const eventSourceMappingType = {
  type: 'AWS::Lambda::EventSourceMapping',
  schema,
} satisfies ResourceType<typeof schema>;

/** A queue whose messages a function takes. */
export type EventSourcePlan = Resource<typeof schema>;
