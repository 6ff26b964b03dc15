import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { errorFields, log } from './log.ts';

/** How the JSON body of a queue's message becomes what it means; reading throws if it means nothing. */
interface Readable<Message> {
  readonly read: (body: unknown) => Message;
}

/** How long the function may still run, in milliseconds. */
export type RemainingTime = () => number;

/**
 * The Lambda handler of a queue that works on each message by itself. A message that cannot be parsed or whose work
 * fails is reported, so that only it comes again.
 */
export const onEachMessage = <Message>(
  { read }: Readable<Message>,
  handle: (message: Message, remainingTime: RemainingTime) => Promise<void>,
) => {
  const workFor = (context: Context) => async (record: SQSRecord) => {
    try {
      await handle(read(JSON.parse(record.body)), () => context.getRemainingTimeInMillis());
    } catch (error) {
      logFailure(record, error);
      throw error;
    }
  };
  return (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
    processPartialResponse(event, workFor(context), new BatchProcessor(EventType.SQS), {
      context,
      throwOnFullBatchFailure: false,
    });
};

/**
 * The Lambda handler of a queue that works on all messages of a batch at once: if that fails, all of them come again,
 * and one that cannot be parsed comes again alone.
 */
export const onAllMessages =
  <Message>({ read }: Readable<Message>, handle: (messages: readonly Message[]) => Promise<void>) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const failed: SQSRecord[] = [];
    const readable: { readonly record: SQSRecord; readonly message: Message }[] = [];
    for (const record of Records) {
      try {
        readable.push({ record, message: read(JSON.parse(record.body)) });
      } catch (error) {
        logFailure(record, error);
        failed.push(record);
      }
    }
    try {
      if (readable.length > 0) await handle(readable.map(({ message }) => message));
    } catch (error) {
      for (const { record } of readable) {
        logFailure(record, error);
        failed.push(record);
      }
    }
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };

const logFailure = ({ messageId, attributes }: SQSRecord, error: unknown): void => {
  const receiveCount = Number(attributes?.ApproximateReceiveCount);
  log.error('A message failed', { messageId, receiveCount, ...errorFields(error) });
};
