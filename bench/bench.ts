import { fileURLToPath } from 'node:url';
import { isKept } from './figure.ts';
import { measureAccept } from './measure-accept.ts';
import { measureBundles } from './measure-bundles.ts';
import { measureCost } from './measure-cost.ts';
import { type TimedImport, timeImport } from './measure-rate.ts';
import { measureSubscribe } from './measure-subscribe.ts';
import { type BenchOptions, readOptions, UsageError, usage } from './options.ts';
import { progressOn } from './progress.ts';
import { rateFigures } from './rate-figures.ts';
import { describeMachine, writeResults } from './results.ts';
import { tableOf } from './table.ts';

/* `npm run bench`: measures what must hold. Exits with 1 where a bound is broken and 2 where nobody understood. */

const run = async ({ rows, acceptRounds, subscribeRounds, importRounds }: BenchOptions): Promise<void> => {
  const machine = describeMachine();
  const progress = progressOn(process.stderr);
  const bundles = await measureBundles(importRounds, progress);
  const costs = await measureCost(progress);
  const accepts = await measureAccept(acceptRounds, progress);
  const subscriptions = await measureSubscribe(subscribeRounds, progress);
  const imports: TimedImport[] = [];
  for (const size of rows) imports.push(await timeImport(size, progress));
  progress.end();

  const figures = [...costs, ...accepts, ...subscriptions, ...rateFigures(imports), ...bundles];
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
  if (options) await run(options);
  else console.log(usage);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
