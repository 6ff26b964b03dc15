import { setTimeout as pause } from 'node:timers/promises';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import { randomSeries } from '#test/support/fault-proxy.ts';

/** How many deaths there are; the same seed chooses the same moments. */
export interface Deaths {
  readonly seed: number;
  readonly times: number;
}

/**
 * Kills whatever `import-chunk` workers are busy, so many times, at random moments between now and the last chunk: each
 * when so and so many chunks are left, so that there is progress between them however fast the machine is. Returns how
 * many workers died, when no chunk is left.
 */
export const killImportWorkers = async (stack: LocalStack, { seed, times }: Deaths): Promise<number> => {
  const random = randomSeries(seed);
  const left = await chunksLeft(stack);
  const moments = Array.from({ length: times }, () => Math.ceil(random() * left)).sort((one, other) => other - one);
  let dead = 0;
  for (const moment of moments) {
    await untilLeft(stack, moment);
    await pause(random() * longestDelayMilliseconds);
    dead += await stack.fn('import-chunk').kill();
  }
  await untilLeft(stack, 0);
  return dead;
};

const untilLeft = async (stack: LocalStack, most: number): Promise<void> => {
  while ((await chunksLeft(stack)) > most) await pause(50);
};

/** About as long as a chunk takes, so that workers die at any of its steps. */
const longestDelayMilliseconds = 300;

const chunksLeft = async ({ queues }: LocalStack): Promise<number> => {
  const { ready, inFlight } = await queues.peek('chunks');
  return ready.length + inFlight.length;
};

/** Kills whatever workers of a function are busy, so many times, at random moments until all is over. */
export const killNowAndThen = async (
  stack: LocalStack,
  functionName: string,
  { seed, times }: Deaths,
  isOver: () => boolean,
): Promise<void> => {
  const random = randomSeries(seed);
  for (let dead = 0; dead < times && !isOver(); ) {
    await pause(random() * longestDelayMilliseconds);
    dead += await stack.fn(functionName).kill();
  }
};

/** What works on files. */
const uploadWorkers = ['fetch-upload', 'split-upload', 'import-chunk'] as const;

/**
 * Kills whatever fetches, cuts or imports files and is busy, so many times, at random moments until all is over. Returns
 * how many workers of each kind died.
 */
export const killUploadWorkers = async (
  stack: LocalStack,
  { seed, times }: Deaths,
  isOver: () => Promise<boolean>,
): Promise<Readonly<Record<(typeof uploadWorkers)[number] | 'total', number>>> => {
  const random = randomSeries(seed);
  const dead = { 'fetch-upload': 0, 'split-upload': 0, 'import-chunk': 0, total: 0 };
  while (dead.total < times && !(await isOver())) {
    await pause(random() * longestDelayMilliseconds);
    const name = uploadWorkers[Math.floor(random() * uploadWorkers.length)] ?? 'import-chunk';
    const victims = await stack.fn(name).kill();
    dead[name] += victims;
    dead.total += victims;
  }
  return dead;
};
