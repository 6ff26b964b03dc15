import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, inject, test } from 'vitest';
import { freePort } from '#infra/local/engine/free-port.ts';
import { randomSeries } from '#test/support/fault-proxy.ts';
import { serveFiles } from '#test/support/files/served-files.ts';
import { sized } from '#test/support/soak.ts';
import { type ChaosStack, startChaosStack } from './chaos-stack.ts';
import { courseOf, queuesOf } from './course-of.ts';
import { act, prepare } from './drivers/act.ts';
import { readMailbox } from './drivers/messages.ts';
import { killFunctions } from './faults.ts';
import { resumeImports, waitUntilIdle, whatIsDelayed } from './idle.ts';
import { checkEverything } from './invariants/check-everything.ts';
import { emptyLedger } from './ledger.ts';
import { startTrail, type Trail } from './trail.ts';
import { caller, type World } from './world.ts';

/** `CHAOS_SEED=7` plays the choices of a run that failed once more, and `CHAOS_SECONDS=60` for another time. */
const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1_000_000));
const seconds = Number(process.env.CHAOS_SECONDS ?? sized(15, 840));
/** How long the stack lives between one `kill -9` and the next. */
const secondsOfLife = sized(seconds, 75);
const callers = sized(5, 8);
const people = sized(300, 3000);
/** Late enough for leases to have ended and for the sweep to take an import for forgotten. */
const minutesLater = 60;
/** Delays follow each other a few times at most: whatever is still held back then is so for ever. */
const mostDelays = 5;

test(`everything at once, with deaths, throttles, repeats and kill -9, keeps every promise (seed ${seed})`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-chaos-'));
  const trail = startTrail(seed);
  try {
    await play(folder, trail);
  } finally {
    await rm(folder, { recursive: true, force: true });
    await keep(trail);
  }
  expect(trail.violations, `seed ${seed}; what was done is in ${trailFile}`).toEqual([]);
}, 7_200_000);

const trailFile = join('.rollcall', 'chaos-trail.txt');
const keep = async (trail: Trail): Promise<void> => {
  await mkdir('.rollcall', { recursive: true });
  await writeFile(trailFile, trail.text());
};

const play = async (folder: string, trail: Trail): Promise<void> => {
  const source = inject('stack');
  const course = courseOf({ source, seed, port: await freePort(), dataDir: join(folder, 'data') });
  await mkdir(course.dataDir);
  const files = new Map<string, Buffer>();
  const served = await serveFiles(files);
  const linkOf = (rows: string): string => {
    const name = `file-${files.size}.csv`;
    files.set(name, Buffer.from(rows));
    return served.linkOf(name);
  };
  let stack: ChaosStack = await startChaosStack(course, trail);
  let isCalm = false;
  let isOver = false;
  const ask = caller({ url: () => stack.url, key: course.key, trail, isCalm: () => isCalm });
  const ledger = emptyLedger();
  const worldOf = (random: World['random']): World => ({ random, ledger, trail, people, isOver: () => isOver, ask });
  const world = worldOf(randomSeries(seed));
  await prepare(world);

  const acting = Array.from({ length: callers }, (_, index) =>
    act(worldOf(randomSeries(seed + 1 + index)), index, linkOf),
  );
  const killing = killFunctions(
    () => stack,
    { random: randomSeries(seed - 1), trail },
    () => isOver,
  );
  for (let lived = 0; lived < seconds; lived += secondsOfLife) {
    await pause(Math.min(secondsOfLife, seconds - lived) * 1000);
    await readMailbox(world);
    const isLast = lived + secondsOfLife >= seconds;
    trail.note(`kill -9, ${isLast ? 'for the last time' : 'and a start'}`);
    if (isLast) isOver = true;
    await stack.kill();
    stack = await startChaosStack({ ...course, seed: seed + lived, minutesLater: isLast ? minutesLater : 0 }, trail);
  }
  await stack.calm();
  await Promise.all([...acting, killing]);
  isCalm = true;

  await resumeImports(world);
  const queues = queuesOf(course);
  const rest = { queues, seconds: sized(60, 300) };
  await waitUntilIdle(stack, world, rest);
  for (let delays = 1; (await whatIsDelayed(stack, queues)).length > 0 && delays <= mostDelays; delays++) {
    // Erasures wait until whoever wrote meanwhile has ended: it is later at once, instead of waiting for it.
    trail.note('a start when the delayed messages are due');
    await stack.kill();
    stack = await startChaosStack({ ...course, minutesLater: minutesLater * (delays + 1) }, trail);
    await stack.calm();
    await waitUntilIdle(stack, world, rest);
  }
  for (const what of await whatIsDelayed(stack, queues)) trail.violate('nothing is stuck', what);
  await readMailbox(world);
  await checkEverything(stack, world);
  trail.note(`${ledger.imports.size} imports, ${ledger.events.size} events, ${ledger.orders.size} orders were taken`);
  await stack.kill();
  await served.close();
};
