import type { Scenario } from './scenarios/scenario.ts';
import type { World } from './world.ts';

/** How a stage stood at a moment. */
export interface Moment {
  readonly seconds: number;
  /** So far. */
  readonly done: number;
  readonly writeUnits: number;
  readonly refusedWrites: number;
  /** Functions at work in the whole account. */
  readonly functions: number;
  /** Write units a second that the table takes. */
  readonly tableLimit: number;
  /** Seconds that the oldest message of each queue has waited. */
  readonly ages: Readonly<Record<string, number>>;
  /** Messages that wait in each queue. */
  readonly waiting: Readonly<Record<string, number>>;
}

/** Moments of a course, fewer than this and more than half of it. */
const mostMoments = 400;

/** Notes a moment each second, later each two seconds, then each four, while anything is left to happen. */
export const watch = ({ agenda, meters, account, writes }: World, { queues }: Scenario): Moment[] => {
  const moments: Moment[] = [];
  let every = 1;
  const note = (): void => {
    moments.push({
      seconds: agenda.now(),
      done: meters.done,
      writeUnits: meters.writeUnits,
      refusedWrites: meters.refusedWrites,
      functions: account.inUse(),
      tableLimit: writes.limitAt(agenda.now()),
      ages: Object.fromEntries(queues.map((one) => [one.queue.name, one.ageSeconds()])),
      waiting: Object.fromEntries(queues.map((one) => [one.queue.name, one.waiting()])),
    });
    if (moments.length >= mostMoments) {
      for (let place = 1; place < moments.length; place++) moments.splice(place, 1);
      every *= 2;
    }
    if (agenda.left() > 0) agenda.after(every, note);
  };
  note();
  return moments;
};
