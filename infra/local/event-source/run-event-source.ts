import { setTimeout as pause } from 'node:timers/promises';
import { isThrottled } from '../function/account-concurrency.ts';
import type { LocalFunction } from '../function/local-function.ts';
import type { Permissions } from '../permission/permissions.ts';
import type { QueueClient, QueueMessage } from '../queue/queue-client.ts';
import { quotas } from '../quota/quotas.ts';
import { batchOutcome } from './batch-outcome.ts';
import type { EventSourcePlan } from './event-source-mapping.ts';
import { sqsEvent } from './sqs-event.ts';
import { splitChains, stoppedLine, traceOfBatch } from './stopped-chains.ts';

/** What an event source needs. */
export interface EventSourcePorts {
  readonly queues: QueueClient;
  readonly fn: LocalFunction;
  /** Batches of one source at work at once, if the template names no number. */
  readonly defaultConcurrency: number;
  /** Returns failed messages after this time, sooner than the queue's visibility time-out; for tests. */
  readonly redeliverAfterSeconds: number | undefined;
  readonly onError: (error: unknown) => void;
  readonly permissions: Permissions;
  /** How long the queue hides messages that were received. */
  readonly visibilitySeconds: number;
  /** The dead-letter queue of the queue, if it has one. */
  readonly deadLetterQueue: string | undefined;
  /** Hears of what AWS refuses. */
  readonly refuse: (line: string) => void;
}

/** A running event source. */
export interface EventSource {
  stop(): Promise<void>;
}

/** Takes messages from a queue to a function in batches, as an event source mapping does. */
export const runEventSource = ({ properties }: EventSourcePlan, ports: EventSourcePorts): EventSource => {
  const queueName = properties.EventSourceArn.split(':').at(-1) ?? '';
  const limit = properties.ScalingConfig?.MaximumConcurrency ?? ports.defaultConcurrency;
  const reportsFailures = properties.FunctionResponseTypes.includes('ReportBatchItemFailures');
  const stopping = new AbortController();
  const working = new Set<Promise<void>>();

  const work = async (messages: readonly QueueMessage[]): Promise<void> => {
    const { going, stopped } = splitChains(messages, ports.fn.plan);
    if (stopped.length > 0) await giveUp(stopped);
    if (going.length === 0) return;
    const event = sqsEvent(properties.EventSourceArn, going);
    const result = await invoke(event, traceOfBatch(going, ports.fn.name));
    const { done, failed } = batchOutcome(going, result, reportsFailures);
    await ports.queues.delete(queueName, done);
    const againAfter = ports.redeliverAfterSeconds;
    if (againAfter !== undefined) await ports.queues.changeVisibility(queueName, failed, againAfter);
  };
  /** Lambda keeps a batch that it has no room for and tries again, until the queue shows its messages again. */
  const invoke = async (event: object, trace: string | undefined) => {
    const deadline = Date.now() + ports.visibilitySeconds * 1000;
    for (let most = firstBackoffMilliseconds; ; most = Math.min(2 * most, longestBackoffMilliseconds)) {
      const result = await ports.fn.invoke(event, trace);
      if (!isThrottled(result) || Date.now() > deadline || stopping.signal.aborted) return result;
      await pause(Math.random() * most);
    }
  };
  const giveUp = async (messages: readonly QueueMessage[]): Promise<void> => {
    ports.refuse(stoppedLine(messages.length, ports.fn.name, ports.deadLetterQueue));
    const bodies = messages.map(({ Body }) => Body);
    if (ports.deadLetterQueue !== undefined) await ports.queues.send(ports.deadLetterQueue, bodies);
    await ports.queues.delete(queueName, messages);
  };
  const poll = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      if (working.size >= limit) {
        await Promise.race(working);
        continue;
      }
      const messages = await gather(queueName, properties, ports.queues, stopping.signal);
      if (messages.length === 0) continue;
      const task = work(messages)
        .catch(ports.onError)
        .finally(() => working.delete(task));
      working.add(task);
    }
  };
  const mayPoll = pollerActions
    .map((action) => ports.permissions.allows(ports.fn.plan.rights, { action, resource: properties.EventSourceArn }))
    .every((isAllowed) => isAllowed);
  const polling = mayPoll ? keepGoing(poll, stopping.signal, ports.onError) : Promise.resolve();

  return {
    stop: async () => {
      stopping.abort();
      await polling;
      await Promise.all(working);
    },
  };
};

const firstBackoffMilliseconds = 100;
const longestBackoffMilliseconds = 2000;

/** What Lambda does by the rights of the function (developer guide, "Using Lambda with Amazon SQS"). */
const pollerActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** A failed poll is reported, and polling continues after a moment. */
const keepGoing = async (poll: () => Promise<void>, signal: AbortSignal, onError: (error: unknown) => void) => {
  while (!signal.aborted) {
    try {
      await poll();
    } catch (error) {
      if (signal.aborted) return;
      onError(error);
      await pause(200, undefined, { signal }).catch(() => {});
    }
  }
};

const pollSeconds = 20;

/** The first messages to come, and what follows them within the batching window. */
const gather = async (
  queueName: string,
  { BatchSize, MaximumBatchingWindowInSeconds }: EventSourcePlan['properties'],
  queues: QueueClient,
  signal: AbortSignal,
): Promise<QueueMessage[]> => {
  const messages = await queues.receive(queueName, { max: BatchSize, waitSeconds: pollSeconds, signal });
  const deadline = Date.now() + MaximumBatchingWindowInSeconds * 1000;
  while (
    messages.length > 0 &&
    messages.length < BatchSize &&
    Date.now() < deadline &&
    bytesOf(messages) < roomyBytes
  ) {
    const waitSeconds = Math.min(pollSeconds, Math.ceil((deadline - Date.now()) / 1000));
    messages.push(...(await queues.receive(queueName, { max: BatchSize - messages.length, waitSeconds, signal })));
  }
  return messages;
};

/** Another receive may bring ten messages of 256 KiB, and the event has to stay under Lambda's limit. */
const roomyBytes = quotas.functionEvent.limit - 11 * 262_144;

const bytesOf = (messages: readonly QueueMessage[]): number =>
  messages.reduce((bytes, { Body }) => bytes + Buffer.byteLength(Body) + 1024, 0);
