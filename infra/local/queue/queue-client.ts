import * as z from 'zod';
import { callAws } from '../engine/call-aws.ts';
import { quotas } from '../quota/quotas.ts';
import { queueUrl } from './queue.ts';
import { asHandedOut } from './trace-attribute.ts';

const messageSchema = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string().default(''),
  Attributes: z.record(z.string(), z.string()).default({}),
  MessageAttributes: z
    .record(
      z.string(),
      z.object({ DataType: z.string(), StringValue: z.string().optional(), BinaryValue: z.string().optional() }),
    )
    .default({}),
});

/** A message as SQS hands it out. */
export type QueueMessage = z.infer<typeof messageSchema>;

const received = z.object({ Messages: z.array(messageSchema).optional() });

/** The calls of SQS that event sources, rules and tests make. */
export interface QueueClient {
  receive(
    queueName: string,
    options: { max: number; waitSeconds: number; visibilitySeconds?: number; signal?: AbortSignal },
  ): Promise<QueueMessage[]>;
  delete(queueName: string, messages: readonly QueueMessage[]): Promise<void>;
  changeVisibility(queueName: string, messages: readonly QueueMessage[], seconds: number): Promise<void>;
  /** Sends bodies in batches; throws when one of them was not taken. */
  send(queueName: string, bodies: readonly string[]): Promise<void>;
}

/** A client of the queue engine at an endpoint. */
export const queueClient = (endpoint: string): QueueClient => {
  const call = (operation: string, queueName: string, body: object, signal?: AbortSignal) =>
    callAws({
      endpoint,
      target: `AmazonSQS.${operation}`,
      body: { QueueUrl: queueUrl(endpoint, queueName), ...body },
      ...(signal && { signal }),
    });

  return {
    receive: async (queueName, { max, waitSeconds, visibilitySeconds, signal }) => {
      const request = {
        MaxNumberOfMessages: Math.min(10, max),
        WaitTimeSeconds: waitSeconds,
        AttributeNames: ['All'],
        MessageAttributeNames: ['All'],
        ...(visibilitySeconds !== undefined && { VisibilityTimeout: visibilitySeconds }),
      };
      const answer = await call('ReceiveMessage', queueName, request, signal);
      return (received.parse(answer).Messages ?? []).map(asHandedOut);
    },
    delete: async (queueName, messages) => {
      for (const entries of entriesOf(messages, ({ ReceiptHandle }) => ({ ReceiptHandle }))) {
        await call('DeleteMessageBatch', queueName, { Entries: entries });
      }
    },
    changeVisibility: async (queueName, messages, seconds) => {
      const entry = ({ ReceiptHandle }: QueueMessage) => ({ ReceiptHandle, VisibilityTimeout: seconds });
      for (const entries of entriesOf(messages, entry)) {
        await call('ChangeMessageVisibilityBatch', queueName, { Entries: entries });
      }
    },
    send: async (queueName, bodies) => {
      for (const entries of entriesOf(bodies, (MessageBody) => ({ MessageBody }))) {
        const answer = await call('SendMessageBatch', queueName, { Entries: entries });
        const { Failed = [] } = sent.parse(answer);
        if (Failed.length > 0) throw new Error(`${queueName} refused ${Failed.length} messages`);
      }
    },
  };
};

const sent = z.object({ Failed: z.array(z.unknown()).optional() });

const maxBatch = { entries: quotas.messagesInBatch.limit, bytes: quotas.batchBytes.limit };

const entriesOf = <Item>(items: readonly Item[], entryOf: (item: Item) => object): object[][] => {
  const batches: object[][] = [];
  let bytes = 0;
  for (const item of items) {
    const entry = entryOf(item);
    const size = Buffer.byteLength(JSON.stringify(entry));
    const last = batches.at(-1);
    if (!last || last.length === maxBatch.entries || bytes + size > maxBatch.bytes) {
      batches.push([{ Id: '0', ...entry }]);
      bytes = size;
    } else {
      last.push({ Id: String(last.length), ...entry });
      bytes += size;
    }
  }
  return batches;
};
