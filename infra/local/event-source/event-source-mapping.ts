import * as z from 'zod';
import { type FunctionPlan, functionNameOf } from '../function/function.ts';
import type { QueuePlan } from '../queue/queue.ts';
import { quotas } from '../quota/quotas.ts';
import { between, boolean, leftAside, number, tags } from '../template/property.ts';
import type { TemplateReader } from '../template/read-resources.ts';
import { Refusal } from '../template/refusal.ts';
import type { Resource, ResourceType } from '../template/resource-type.ts';

const schema = z
  .strictObject({
    EventSourceArn: z.string().regex(/^arn:aws:sqs:/, 'only SQS queues run as event sources'),
    FunctionName: z.string(),
    Enabled: boolean.default(true),
    BatchSize: number.default(10),
    MaximumBatchingWindowInSeconds: number.default(0),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
    ScalingConfig: z
      .strictObject({ MaximumConcurrency: between(quotas.sourceLeast, quotas.sourceMost).optional() })
      .optional(),
    MetricsConfig: leftAside('there is no CloudWatch'),
    Tags: tags,
  })
  .refine(
    ({ BatchSize, MaximumBatchingWindowInSeconds: window }) => BatchSize <= quotas.mappedBatch.limit || window > 0,
    {
      error: `AWS allows ${quotas.mappedBatch.limit} ${quotas.mappedBatch.unit}`,
      path: ['BatchSize'],
    },
  );

/** `AWS::Lambda::EventSourceMapping` of a queue, as far as it runs. */
export const eventSourceMappingType = {
  type: 'AWS::Lambda::EventSourceMapping',
  schema,
} satisfies ResourceType<typeof schema>;

/** A queue whose messages a function takes. */
export type EventSourcePlan = Resource<typeof schema>;

/** The mappings of a template; one is refused whose queue shows a message again before its function has ended. */
export const readEventSources = (
  reader: TemplateReader,
  { functions, queues }: { readonly functions: readonly FunctionPlan[]; readonly queues: readonly QueuePlan[] },
): EventSourcePlan[] =>
  reader.all(eventSourceMappingType).flatMap((mapping) => {
    const { EventSourceArn, FunctionName } = mapping.properties;
    const fn = functions.find(({ name }) => name === functionNameOf(FunctionName));
    const queue = queues.find(({ name }) => EventSourceArn.endsWith(`:${name}`));
    const checked = reader.attempt(`${mapping.logicalId} (${eventSourceMappingType.type})`, () => {
      const { VisibilityTimeout: hidden = 30 } = queue?.properties ?? {};
      if (!fn || hidden >= fn.properties.Timeout) return mapping;
      throw new Refusal(
        `Lambda refuses a queue whose visibility timeout (${hidden} s) is less than the timeout of the function (${fn.properties.Timeout} s)`,
      );
    });
    return checked ? [checked] : [];
  });
