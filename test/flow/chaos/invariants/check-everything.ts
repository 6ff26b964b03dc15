import type { ChaosStack } from '../chaos-stack.ts';
import type { World } from '../world.ts';
import { checkImports } from './imports-add-up.ts';
import { checkPeople } from './people-are-one.ts';
import { checkEvents, checkMessages, checkRuns, checkSuppressions } from './promises-are-kept.ts';
import { readStoredItems } from './stored-items.ts';

/** Checks of a stack at rest whatever it promises; what is broken is in the trail. */
export const checkEverything = async ({ environment }: ChaosStack, world: World): Promise<void> => {
  const created = await checkImports(world);
  const stored = await readStoredItems(environment);
  checkPeople(stored, world.trail);
  await checkEvents(world, stored, created);
  await checkMessages(world);
  checkSuppressions(world);
  await checkRuns(world);
};
