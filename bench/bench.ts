import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Figure, isKept } from './figure.ts';
import { measureAccept } from './measure-accept.ts';
import { measureBundles } from './measure-bundles.ts';
import { measureCost, measureWork } from './measure-cost.ts';
import { type TimedImport, timeImport } from './measure-rate.ts';
import { measureSplit } from './measure-split.ts';
import { measureSubscribe } from './measure-subscribe.ts';
import { type BenchOptions, type Part, readOptions, UsageError, usage } from './options.ts';
import { progressOn } from './progress.ts';
import { rateFigures } from './rate-figures.ts';
import { describeMachine, writeResults } from './results.ts';
import { tableOf } from './table.ts';

/* `npm run bench`: measures what must hold. Exits with 1 where a bound is broken and 2 where nobody understood. */

/** Measures what work uses, and keeps it as what the forecast of a month reckons with. */
const keepWork = async ({ subscribeRounds }: BenchOptions): Promise<void> => {
  const progress = progressOn(process.stderr);
  const work = await measureWork(progress, subscribeRounds);
  progress.end();
  await writeFile(measuredWorkFile, `${JSON.stringify(work, null, 2)}\n`);
  console.log(`Written to ${measuredWorkFile}. Renew docs/cost.md with npm run docs.`);
};

const measuredWorkFile = 'cli/cost/measured-work.json';

const run = async (options: BenchOptions): Promise<void> => {
  const { rows, way, acceptRounds, subscribeRounds, importRounds, splitMegabytes } = options;
  const machine = describeMachine();
  const progress = progressOn(process.stderr);
  const measured = async (part: Part, measure: () => Promise<Figure[]>) =>
    options.only.length === 0 || options.only.includes(part) ? measure() : [];
  const bundles = await measured('bundles', () => measureBundles(importRounds, progress));
  const costs = await measured('cost', () => measureCost(progress));
  const accepts = await measured('accept', () => measureAccept(acceptRounds, progress));
  const subscriptions = await measured('subscribe', () => measureSubscribe(subscribeRounds, progress));
  const splits = await measured('split', () => measureSplit(splitMegabytes, progress));
  const imports: TimedImport[] = [];
  const rates = await measured('rate', async () => {
    for (const size of rows) imports.push(await timeImport(size, progress, { way, smaller: imports.at(-1) }));
    return rateFigures(imports);
  });
  progress.end();

  const figures = [...costs, ...accepts, ...subscriptions, ...splits, ...rates, ...bundles];
  const files = await writeResults(machine, figures, imports);
  const broken = figures.filter((figure) => isKept(figure) === false);
  console.log(tableOf(figures));
  console.log(`\nWritten to ${files.join(' and ')}`);
  if (machine.load > machine.processors.length / 2) {
    console.log(
      `This machine was busy with other work (load ${machine.load.toFixed(1)}): take the times with caution.`,
    );
  }
  console.log(broken.length === 0 ? 'Every bound holds.' : `Broken: ${broken.map(({ what }) => what).join('; ')}.`);
  process.exitCode = broken.length === 0 ? 0 : 1;
};

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
try {
  const options = readOptions(process.argv.slice(2));
  if (options?.keep) await keepWork(options);
  else if (options) await run(options);
  else console.log(usage);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
