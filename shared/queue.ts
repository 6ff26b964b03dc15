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
 * The Lambda handler of a queue that works on all messages of a batch at once: if that fails, all of them come again, each
 * to be worked on alone, so that one that always fails costs itself only. One that cannot be parsed comes again alone.
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
    const { again = [], first = [] } = Object.groupBy(readable, ({ record }) => (isAgain(record) ? 'again' : 'first'));
    const batches = [first, ...again.map((one) => [one])].filter((batch) => batch.length > 0);
    const work = async (batch: typeof readable) => {
      try {
        await handle(batch.map(({ message }) => message));
      } catch (error) {
        for (const { record } of batch) {
          logFailure(record, error);
          failed.push(record);
        }
      }
    };
    await Promise.all(batches.map(work));
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };

const receiveCountOf = ({ attributes }: SQSRecord): number => Number(attributes?.ApproximateReceiveCount);

const isAgain = (record: SQSRecord): boolean => receiveCountOf(record) > 1;

const logFailure = (record: SQSRecord, error: unknown): void => {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  log.error('A message failed', {
    messageId: record.messageId,
    receiveCount: receiveCountOf(record),
    ...errorFields(cause),
  });
};
