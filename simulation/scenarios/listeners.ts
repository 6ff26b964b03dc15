import type { Course } from '../agenda.ts';
import { assumptions } from '../assumptions.ts';
import { type Bus, silentBus } from '../bus.ts';
import { type EventSource, eventSource, type Work } from '../event-source.ts';
import { type Footprint, partOf } from '../footprint.ts';
import { runSteps } from '../run-steps.ts';
import type { World } from '../world.ts';

/** The queues that get events of a type, each with what its function does about them. */
export const listenersOf = (world: World, eventType: string): EventSource[] =>
  world.stage.queuesOf(eventType).map((name) => eventSource(world, name, workOf(world, name)));

const workOf = (world: World, queueName: string): Work => {
  const { loggedEvents, confirmation } = world.figures.footprints;
  if (queueName === 'event-log') return perform(world, loggedEvents);
  if (queueName === 'confirmations') return perform(world, confirmation);
  return launchNothing;
};

/** Does what was measured, for as many messages as came. Nothing comes of it on the bus. */
export const perform = (world: World, footprint: Footprint, bus: Bus = silentBus): Work => {
  const parts = new Map<number, Footprint>();
  return ({ messages, times, memoryMiB }) => {
    const part = parts.get(messages) ?? partOf(footprint, messages);
    parts.set(messages, part);
    return runSteps(world, { footprint: part, memoryMiB, times, bus });
  };
};

/** What launches workflows remembers what is bound to a type: here nothing is. */
const launchNothing = function* (): Course<boolean> {
  yield assumptions.itemMilliseconds.value / 1000;
  return true;
};
