import type { Course } from '../agenda.ts';
import { silentBus } from '../bus.ts';
import { eventSource, type Work } from '../event-source.ts';
import { runSteps } from '../run-steps.ts';
import { countDone, type World } from '../world.ts';
import type { Scenario } from './scenario.ts';

/** One message to every member of a segment, step after step: each leaves the next members to another queue message. */
export const sendToSegment = (world: World, members: number): Scenario => {
  const { meters, figures } = world;
  const { segmentStep } = figures.footprints;
  let left = members;
  /** Of the step that is under way: a repeat sends to those alone who got nothing. */
  let leftOfStep = 0;
  const step: Work = function* ({ memoryMiB }): Course<boolean> {
    if (leftOfStep === 0) {
      leftOfStep = Math.min(segmentStep.handles, left);
      left -= leftOfStep;
    }
    const before = meters.mails;
    const hasEnded = yield* runSteps(world, {
      footprint: segmentStep,
      memoryMiB,
      times: 1,
      bus: silentBus,
      mails: leftOfStep,
    });
    const sent = meters.mails - before;
    countDone(world, sent);
    leftOfStep -= sent;
    if (hasEnded && left > 0) steps.send(1);
    return hasEnded;
  };
  const steps = eventSource(world, 'segment-messages', step, 1);

  return { unit: 'recipients', total: members, queues: [steps], begin: () => steps.send(1) };
};
