import * as z from 'zod';
import { AwsCallFailed, callAws } from '../engine/call-aws.ts';
import { quotas } from '../quota/quotas.ts';
import { localArn } from '../template/location.ts';
import { atMost, leftAside, number, tags } from '../template/property.ts';
import type { Resource, ResourceType } from '../template/resource-type.ts';

const schema = z.strictObject({
  QueueName: z.string().optional(),
  VisibilityTimeout: atMost(quotas.visibility).optional(),
  MessageRetentionPeriod: number.optional(),
  DelaySeconds: atMost(quotas.delay).optional(),
  ReceiveMessageWaitTimeSeconds: number.optional(),
  MaximumMessageSize: atMost(quotas.messageBytes).optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: number }).optional(),
  RedriveAllowPolicy: leftAside('nothing checks permissions'),
  SqsManagedSseEnabled: leftAside('data stays on this machine'),
  KmsMasterKeyId: leftAside('data stays on this machine'),
  KmsDataKeyReusePeriodSeconds: leftAside('data stays on this machine'),
  Tags: tags,
});

/** A queue to create. */
export type QueuePlan = Resource<typeof schema>;

/** The path of a queue's URL, the same at the engine and at anything put before it. */
export const queueUrl = (endpoint: string, name: string): string => `${endpoint}/000000000000/${name}`;

/** `AWS::SQS::Queue`, as far as it runs. */
export const queueType = {
  type: 'AWS::SQS::Queue',
  schema,
  attributes: {
    Ref: (name, { sqsEndpoint }) => queueUrl(sqsEndpoint, name),
    QueueName: (name) => name,
    Arn: (name) => localArn('sqs', name),
  },
} satisfies ResourceType<typeof schema>;

/** Creates queues, those first that others give their dead letters to. */
export const createQueues = async (endpoint: string, queues: readonly QueuePlan[]): Promise<void> => {
  const targets = new Set(queues.map(({ properties }) => properties.RedrivePolicy?.deadLetterTargetArn));
  const isTarget = ({ name }: QueuePlan) => targets.has(localArn('sqs', name));
  await Promise.all(queues.filter(isTarget).map((queue) => createQueue(endpoint, queue)));
  await Promise.all(queues.filter((queue) => !isTarget(queue)).map((queue) => createQueue(endpoint, queue)));
};

/** Creates a queue; one that exists already keeps its messages and takes the new attributes. */
const createQueue = async (endpoint: string, { name, properties }: QueuePlan): Promise<void> => {
  const attributes = queueAttributes(properties);

  try {
    await callAws({ endpoint, target: 'AmazonSQS.CreateQueue', body: { QueueName: name, Attributes: attributes } });
  } catch (error) {
    if (!(error instanceof AwsCallFailed && /QueueNameExists|QueueAlreadyExists/.test(error.code))) throw error;
    const body = { QueueUrl: queueUrl(endpoint, name), Attributes: attributes };
    await callAws({ endpoint, target: 'AmazonSQS.SetQueueAttributes', body });
  }
};

const attributeNames = [
  'VisibilityTimeout',
  'MessageRetentionPeriod',
  'DelaySeconds',
  'ReceiveMessageWaitTimeSeconds',
  'MaximumMessageSize',
] as const;

const queueAttributes = (properties: QueuePlan['properties']): Record<string, string> => {
  const given = attributeNames.flatMap((name) => {
    const value = properties[name];
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  const redrive = properties.RedrivePolicy;
  return { ...Object.fromEntries(given), ...(redrive && { RedrivePolicy: JSON.stringify(redrive) }) };
};
