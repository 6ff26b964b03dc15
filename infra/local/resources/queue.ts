import * as z from 'zod';
import { AwsCallFailed, callAws } from '../aws-json.ts';
import { boolean, leftAside, number, tags } from './property.ts';

/** `AWS::SQS::Queue`, as far as it runs. */
export const queueSchema = z.strictObject({
  QueueName: z.string().optional(),
  VisibilityTimeout: number.optional(),
  MessageRetentionPeriod: number.optional(),
  DelaySeconds: number.optional(),
  ReceiveMessageWaitTimeSeconds: number.optional(),
  MaximumMessageSize: number.optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: number }).optional(),
  FifoQueue: boolean.optional(),
  ContentBasedDeduplication: boolean.optional(),
  RedriveAllowPolicy: leftAside('nothing checks permissions'),
  SqsManagedSseEnabled: leftAside('data stays on this machine'),
  KmsMasterKeyId: leftAside('data stays on this machine'),
  KmsDataKeyReusePeriodSeconds: leftAside('data stays on this machine'),
  Tags: tags,
});

/** A queue to create. */
export interface QueuePlan {
  readonly logicalId: string;
  readonly name: string;
  readonly properties: z.infer<typeof queueSchema>;
}

/** The path of a queue's URL, the same at the engine and at anything put before it. */
export const queueUrl = (endpoint: string, name: string): string => `${endpoint}/000000000000/${name}`;

/** Creates a queue; one that exists already keeps its messages and takes the new attributes. */
export const createQueue = async (endpoint: string, { name, properties }: QueuePlan): Promise<void> => {
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
  'FifoQueue',
  'ContentBasedDeduplication',
] as const;

const queueAttributes = (properties: QueuePlan['properties']): Record<string, string> => {
  const given = attributeNames.flatMap((name) => {
    const value = properties[name];
    return value === undefined || value === false ? [] : [[name, String(value)] as const];
  });
  const redrive = properties.RedrivePolicy;
  return { ...Object.fromEntries(given), ...(redrive && { RedrivePolicy: JSON.stringify(redrive) }) };
};
