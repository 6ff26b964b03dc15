import type { Course } from './agenda.ts';
import { assumptions } from './assumptions.ts';
import { awsLimits } from './aws-limits.ts';
import type { StageFunction, StageQueue } from './stage.ts';
import { newWaiting } from './waiting.ts';
import type { World } from './world.ts';

/** A queue whose messages a function takes. */
export interface EventSource {
  readonly queue: StageQueue;
  /** Puts messages into the queue. */
  send(messages: number): void;
  /** Messages that no function has taken yet. */
  waiting(): number;
  /** How long the oldest of them has waited. */
  ageSeconds(): number;
  /** Functions at work. */
  atWork(): number;
  /** Messages that were given up. */
  givenUp(): number;
}

/** Messages that a function takes at once, and for how many such batches, one after the other, this one stands. */
export interface Batch {
  readonly messages: number;
  readonly times: number;
  readonly memoryMiB: number;
}

/** What a function does with a batch; whether it came to its end. */
export type Work = (batch: Batch) => Course<boolean>;

/**
 * Hands the messages of a queue to its function as AWS Lambda does, within the bounds of the template and the account. A
 * queue whose messages are not alike has a coarseness of 1.
 */
export const eventSource = (
  world: World,
  queueName: string,
  work: Work,
  coarseness = world.coarseness,
): EventSource => {
  const { agenda, account, meters } = world;
  const { queue, fn } = partsOf(world, queueName);
  const waiting = newWaiting();
  let atWork = 0;
  let environments = 0;
  let busySince = 0;
  let wakesAt = Number.POSITIVE_INFINITY;
  let isWaitingForRoom = false;
  let givenUp = 0;

  const wake = (seconds: number): void => {
    if (agenda.now() + seconds >= wakesAt) return;
    wakesAt = agenda.now() + seconds;
    agenda.after(seconds, () => {
      if (agenda.now() < wakesAt) return;
      wakesAt = Number.POSITIVE_INFINITY;
      dispatch();
    });
  };
  /** Batches at once, as the source ramps up. */
  const ramp = (): number => {
    const more = (awsLimits.moreBatches.limit / 60) * (agenda.now() - busySince);
    return Math.min(queue.maxConcurrency, Math.floor(awsLimits.firstBatches.limit + more));
  };

  /** Starts whatever may start now, and looks again when more may. */
  const dispatch = (): void => {
    while (waiting.count() > 0 && !queue.isPaused && atWork < queue.maxConcurrency) {
      const rest = queue.batchWindowSeconds - (agenda.now() - waiting.oldest());
      if (waiting.count() < queue.batchSize && rest > shortestSeconds) {
        wake(rest);
        return;
      }
      if (atWork >= ramp()) {
        wake(60 / awsLimits.moreBatches.limit);
        return;
      }
      if (account.take(1) === 0) {
        waitForRoom();
        return;
      }
      start();
    }
  };
  const waitForRoom = (): void => {
    if (isWaitingForRoom) return;
    isWaitingForRoom = true;
    meters.refusedInvocations += 1;
    account.whenFree(() => {
      isWaitingForRoom = false;
      dispatch();
    });
  };

  const start = (): void => {
    const times = Math.max(1, Math.min(coarseness, Math.floor(waiting.count() / queue.batchSize)));
    const batch = waiting.take(queue.batchSize * times);
    const messages = batch.count / times;
    atWork += 1;
    const isCold = atWork > environments;
    if (isCold) environments = atWork;
    const startedAt = agenda.now();
    agenda.begin(
      run(world, fn, isCold, stretched(work({ messages, times, memoryMiB: fn.memoryMiB }), times)),
      (hasEnded) => {
        atWork -= 1;
        account.giveBack(1);
        const seconds = agenda.now() - startedAt;
        meters.invocations += times;
        meters.gigabyteSeconds += (seconds * fn.memoryMiB) / 1024;
        if (!hasEnded || seconds > fn.timeoutSeconds * times) fail(batch.count, batch.deliveries);
        dispatch();
      },
    );
  };
  const fail = (messages: number, deliveries: number): void => {
    meters.failedRuns += 1;
    if (deliveries >= queue.maxReceiveCount) giveUp(messages);
    else agenda.after(queue.againAfterSeconds, () => put(messages, deliveries));
  };
  const giveUp = (messages: number): void => {
    givenUp += messages;
    meters.givenUp += messages;
  };
  const put = (messages: number, deliveries: number): void => {
    if (atWork === 0 && waiting.count() === 0) busySince = agenda.now();
    waiting.put(messages, agenda.now(), deliveries);
    dispatch();
  };

  return {
    queue,
    waiting: waiting.count,
    ageSeconds: () => (waiting.count() === 0 ? 0 : agenda.now() - waiting.oldest()),
    atWork: () => atWork,
    givenUp: () => givenUp,
    send: (messages) => {
      meters.messages += messages;
      if (queue.delaySeconds > 0) agenda.after(queue.delaySeconds, () => put(messages, 0));
      else put(messages, 0);
    },
  };
};

/** What is shorter is an error of floating numbers, and would never pass. */
const shortestSeconds = 1e-6;

/** A course that stands for several, one after the other. */
function* stretched<Result>(course: Course<Result>, times: number): Course<Result> {
  for (;;) {
    const { done, value } = course.next();
    if (done) return value as Result;
    yield (value as number) * times;
  }
}

const partsOf = ({ stage }: World, queueName: string) => {
  const queue = stage.queues.find(({ name }) => name === queueName);
  const fn = stage.functions.find(({ name }) => name === queue?.functionName);
  if (!queue || !fn) throw new Error(`The stage ${stage.name} has no queue ${queueName}`);
  return { queue, fn };
};

/** A run in an environment that may have to be made first. */
function* run(world: World, fn: StageFunction, isCold: boolean, work: Course<boolean>): Course<boolean> {
  if (isCold) {
    world.meters.coldStarts += 1;
    yield coldSeconds(world, fn);
  }
  return yield* work;
}

/** How long a function takes until it can take its first event. */
export const coldSeconds = ({ figures }: World, { name, memoryMiB }: StageFunction): number => {
  const processor = Math.min(1, memoryMiB / awsLimits.wholeProcessor.limit);
  const loading = (figures.loadMilliseconds[name] ?? 0) / processor;
  return (assumptions.environmentMilliseconds.value + loading) / 1000;
};
