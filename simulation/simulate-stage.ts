import type { Meters } from './meters.ts';
import { importContacts, rowsPerChunk } from './scenarios/import-contacts.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { sendToSegment } from './scenarios/send-to-segment.ts';
import { subscribe } from './scenarios/subscribe.ts';
import { type Moment, watch } from './timeline.ts';
import { newWorld, type World, type WorldProps } from './world.ts';

/** What is asked of a stage. */
export type Question =
  | { readonly kind: 'import'; readonly rows: number; readonly areNew: boolean }
  | { readonly kind: 'subscribe'; readonly perSecond: number; readonly seconds: number }
  | { readonly kind: 'message'; readonly members: number };

/** The course that a stage took. */
export interface Answer {
  readonly unit: string;
  readonly total: number;
  /** Until the last of them was done; what listens to their events may still be at work. */
  readonly seconds: number;
  /** Until nothing was left to do. */
  readonly secondsInAll: number;
  readonly meters: Meters;
  readonly givenUp: Readonly<Record<string, number>>;
  readonly moments: readonly Moment[];
}

/** Simulated time after which nobody looks any more. */
const longestSeconds = 60 * 86_400;

/** Simulates a stage that was just deployed. The same seed gives the same course. */
export const simulateStage = (question: Question, props: WorldProps): Answer => {
  const world = newWorld({ coarseness: coarsenessOf(question), ...props });
  const scenario = scenarioOf(world, question);
  scenario.begin();
  const moments = watch(world, scenario);
  world.agenda.run(longestSeconds);
  const { meters } = world;
  return {
    unit: scenario.unit,
    total: scenario.total,
    seconds: meters.doneAt,
    secondsInAll: world.agenda.now(),
    meters,
    givenUp: Object.fromEntries(scenario.queues.map((one) => [one.queue.name, one.givenUp()])),
    moments,
  };
};

/** Chunks that are simulated one by one, at most. */
const mostChunks = 40_000;

const coarsenessOf = (question: Question): number =>
  question.kind === 'import' ? Math.ceil(question.rows / rowsPerChunk / mostChunks) : 1;

const scenarioOf = (world: World, question: Question): Scenario => {
  if (question.kind === 'import') return importContacts(world, question);
  if (question.kind === 'subscribe') return subscribe(world, question);
  return sendToSegment(world, question.members);
};
