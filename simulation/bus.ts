import type { Course } from './agenda.ts';
import { assumptions } from './assumptions.ts';
import { awsLimits } from './aws-limits.ts';
import type { EventSource } from './event-source.ts';
import { pauseSeconds, rounds } from './retry.ts';
import type { World } from './world.ts';

/** The bus and the queues behind its rules. */
export interface Bus {
  /** Puts events on the bus, ten a request; those that it refuses are sent again. Whether it took all. */
  publish(events: number, requests?: number): Course<boolean>;
}

/** A bus that hands each event to every one of these queues, as fast as the account allows. */
export const newBus = (world: World, queues: readonly EventSource[]): Bus => {
  const { agenda, random, meters, putEvents, quotas } = world;
  let freeAt = 0;
  const deliver = (events: number): void => {
    if (queues.length === 0) return;
    meters.events += events;
    freeAt = Math.max(freeAt, agenda.now()) + (events * queues.length) / quotas.busInvocations;
    const seconds = freeAt - agenda.now() + assumptions.busMilliseconds.value / 1000;
    agenda.after(seconds, () => {
      for (const queue of queues) queue.send(events);
    });
  };

  return {
    publish: function* (events, requests = Math.ceil(events / awsLimits.eventsInRequest.limit)) {
      if (events === 0) return true;
      let left = requests;
      for (let round = 1; ; ) {
        const taken = Math.floor(Math.min(left, putEvents.available(agenda.now())) + 1e-9);
        putEvents.takeUpTo(taken, agenda.now());
        left -= taken;
        if (left <= 0) break;
        meters.refusedEvents += left;
        round = taken > 0 ? 1 : round + 1;
        if (round === rounds) return false;
        yield pauseSeconds(round, random);
      }
      deliver(events);
      return true;
    },
  };
};

/** A bus that nobody puts anything on. */
export const silentBus: Bus = {
  // biome-ignore lint/correctness/useYield: a course that takes no time
  publish: function* () {
    return true;
  },
};
