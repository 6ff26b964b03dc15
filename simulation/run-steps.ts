import type { Course } from './agenda.ts';
import { assumptions } from './assumptions.ts';
import { awsLimits } from './aws-limits.ts';
import type { Bus } from './bus.ts';
import type { Footprint, Step } from './footprint.ts';
import { sendMail } from './mail.ts';
import { pauseSeconds, rounds } from './retry.ts';
import { writeItems } from './table/write-items.ts';
import type { World } from './world.ts';

/** Which function runs, and for how many runs at once this one stands. */
export interface Run {
  readonly footprint: Footprint;
  readonly memoryMiB: number;
  /** Runs that begin together and do the same, as one course; 1 for a message of a queue. */
  readonly times: number;
  /** Where its events go. */
  readonly bus: Bus;
  /** E-mails that are left to send, if they are fewer than the footprint has. */
  readonly mails?: number;
}

/**
 * Takes a run through its calls and what it computes between them. Whether it came to its end: it gives up as the code does,
 * and a mail that is not taken stops no other.
 */
export function* runSteps(
  world: World,
  { footprint, memoryMiB, times, bus, mails = Number.POSITIVE_INFINITY }: Run,
): Course<boolean> {
  const { steps, processorMilliseconds } = footprint;
  const processor = Math.min(1, memoryMiB / awsLimits.wholeProcessor.limit);
  const computing = (assumptions.processorFactor.value * processorMilliseconds) / processor / 1000 / (steps.length + 1);
  let isComplete = true;
  let mailsLeft = mails;
  yield computing;
  for (const step of steps) {
    yield latencyOf(step, world);
    count(world, step, times);
    if (!(yield* readItems(world, step.readUnits * times))) return false;
    if (!(yield* writeItems(world, step, times))) return false;
    const requests = (step.calls[putEvents] ?? 0) * times;
    if (requests > 0 && !(yield* bus.publish(eventsOf(footprint, step) * times, requests))) return false;
    for (let mail = (step.calls[sendEmail] ?? 0) * times; mail > 0 && mailsLeft > 0; mail--) {
      mailsLeft -= 1;
      if (!(yield* sendMail(world))) isComplete = false;
    }
    yield computing;
  }
  return isComplete;
}

const sendEmail = 'ses SendEmail';
const putEvents = 'eventBridge PutEvents';

/** Its part of the events of a run. */
const eventsOf = ({ events, steps }: Footprint, step: Step): number =>
  Math.round(
    (events * (step.calls[putEvents] ?? 0)) / steps.reduce((sum, { calls }) => sum + (calls[putEvents] ?? 0), 0),
  );

const count = ({ meters }: World, { calls }: Step, times: number): void => {
  for (const name in calls) meters.calls[name] = (meters.calls[name] ?? 0) + (calls[name] ?? 0) * times;
};

/** Calls that go out together take as long as the slowest of them. */
const latencyOf = ({ calls }: Step, { random }: World): number => {
  let slowest = 0;
  for (const name in calls) slowest = Math.max(slowest, millisecondsOf(name));
  return (slowest * spread(random.next())) / 1000;
};

/** Times lie between 0.7 and 1.3 of what they are on average. */
const spread = (chance: number): number => 0.7 + 0.6 * chance;

const millisecondsOf = (call: string): number => {
  const known = milliseconds.get(call);
  if (known !== undefined) return known;
  const found = findMilliseconds(call);
  milliseconds.set(call, found);
  return found;
};

const milliseconds = new Map<string, number>();

const findMilliseconds = (call: string): number => {
  const [service = '', operation = ''] = call.split(' ');
  if (service === 's3') return assumptions.objectMilliseconds.value;
  if (service === 'sqs') return assumptions.queueMilliseconds.value;
  if (service === 'eventBridge') return assumptions.eventMilliseconds.value;
  if (service === 'ses') return assumptions.mailMilliseconds.value;
  if (operation.startsWith('Transact')) return assumptions.transactionMilliseconds.value;
  return /Batch|Query/.test(operation) ? assumptions.batchMilliseconds.value : assumptions.itemMilliseconds.value;
};

function* readItems({ agenda, reads, meters, random }: World, units: number): Course<boolean> {
  let left = units;
  for (let round = 1; left > 1e-6; ) {
    const taken = reads.takeUpTo(left, agenda.now());
    left -= taken;
    meters.readUnits += taken;
    if (left <= 1e-6) break;
    meters.refusedReads += left;
    round = taken > 0 ? 1 : round + 1;
    if (round === rounds) return false;
    yield pauseSeconds(round, random);
  }
  return true;
}
