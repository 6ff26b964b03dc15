import { mkdir, writeFile } from 'node:fs/promises';
import { arch, cpus, loadavg, platform } from 'node:os';
import { join } from 'node:path';
import { type Figure, isKept } from './figure.ts';
import type { TimedImport } from './measure-rate.ts';
import { rateChart } from './rate-chart.ts';

const folder = 'bench/results';

/** What the numbers were measured on. */
export const describeMachine = () => ({
  node: process.version,
  platform: `${platform()}-${arch()}`,
  processors: cpus().map(({ model }) => model),
  /** Processes that wanted to run, over the last minute, before anything was measured. */
  load: loadavg()[0] ?? 0,
});

/** Keeps a run as JSON and draws its largest import; returns the names of the files. */
export const writeResults = async (
  machine: ReturnType<typeof describeMachine>,
  figures: readonly Figure[],
  imports: readonly TimedImport[],
): Promise<string[]> => {
  await mkdir(folder, { recursive: true });
  const at = new Date().toISOString();
  const stem = join(folder, at.replaceAll(':', '-').slice(0, 19));
  const judged = figures.map((figure) => ({ ...figure, isKept: isKept(figure) }));
  await writeFile(`${stem}.json`, `${JSON.stringify({ at, machine, figures: judged, imports }, null, 2)}\n`);
  const largest = imports.at(-1);
  if (!largest) return [`${stem}.json`];
  await writeFile(`${stem}.svg`, rateChart(largest));
  return [`${stem}.json`, `${stem}.svg`];
};
