import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '#test/support/fault-proxy/service-faults.ts';
import type { ChaosStack } from './chaos-stack.ts';
import type { Trail } from './trail.ts';
import { oneOf } from './world.ts';

/** How often functions die. */
export interface Killing {
  readonly random: Random;
  readonly trail: Trail;
}

/** What works on something that must not be lost. */
const functions = [
  ...['import-chunk', 'import-chunk', 'import-chunk', 'fetch-upload', 'split-upload', 'undo-rows', 'add-contacts'],
  ...['add-contact', 'subscribe-contact', 'publish-subscription', 'confirm-contact', 'send-confirmation'],
  ...[
    'delete-contact',
    'erase-traces',
    'add-orders',
    'generate-event',
    'log-events',
    'launch-workflows',
    'run-workflow',
  ],
  ...[
    'send-message',
    'send-to-segment',
    'send-email',
    'note-delivery',
    'cancel-import',
    'resume-import',
    'undo-import',
  ],
];

const longestPauseMilliseconds = 400;

/** Kills functions that are at work, one kind after the other, until it is told to stop; returns how many died. */
export const killFunctions = async (
  stack: () => ChaosStack,
  { random, trail }: Killing,
  isOver: () => boolean,
): Promise<number> => {
  let dead = 0;
  while (!isOver()) {
    await pause(random() * longestPauseMilliseconds);
    const name = oneOf(functions, random);
    // The stack itself may be killed meanwhile, with all its functions.
    const victims = await stack()
      .killFunction(name)
      .catch(() => 0);
    if (victims > 0) trail.note(`${victims} sandboxes of ${name} are killed`);
    dead += victims;
  }
  return dead;
};
