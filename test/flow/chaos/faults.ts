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
    'pause-import',
    'resume-import',
    'undo-import',
  ],
  ...['upload-contacts', 'unsubscribe-emails', 'send-stored-message', 'fail-chunk', 'fail-upload', 'sweep-unfinished'],
];

const longestPauseMilliseconds = 400;

/** Kills functions that are at work, one kind after the other, until it is told to stop; returns how many died. */
export const killFunctions = async (
  stack: () => ChaosStack,
  { random, trail }: Killing,
  isOver: () => boolean,
): Promise<number> => {
  let dead = 0;
  const unknown = new Set<string>();
  const noteUnknown = (error: unknown, name: string): number => {
    // The stack itself may be killed meanwhile, with all its functions; a name that it never had kills nobody for ever.
    if (!/no function/.test(String(error)) || unknown.has(name)) return 0;
    unknown.add(name);
    trail.violate('faults kill functions that are there', String(error));
    return 0;
  };
  while (!isOver()) {
    await pause(random() * longestPauseMilliseconds);
    const name = oneOf(functions, random);
    const victims = await stack()
      .killFunction(name)
      .catch((error: unknown) => noteUnknown(error, name));
    if (victims > 0) trail.note(`${victims} sandboxes of ${name} are killed`);
    dead += victims;
  }
  return dead;
};
