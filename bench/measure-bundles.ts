import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleFunctions } from '#infra/bundles.ts';
import { functionNamesOf } from '#infra/function-names.ts';
import { settingsOf } from '#infra/settings.ts';
import { type Figure, medianOf } from './figure.ts';
import type { Progress } from './progress.ts';

const run = promisify(execFile);

/** Bytes of the largest bundle that is allowed. */
const mostBytes = 600_000;

/** Builds every function as a deployment does, and takes its size and the time a fresh process needs to import it. */
export const measureBundles = async (rounds: number, progress: Progress): Promise<Figure[]> => {
  progress.step('Bundling and importing the functions');
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  try {
    const { sizes } = bundleFunctions(functionNamesOf(settingsOf('local')), folder);
    const empty = join(folder, 'empty.mjs');
    await writeFile(empty, '');
    const emptyTime = await importTime(empty, rounds);
    const figures: Figure[] = [];
    for (const [name, bytes] of Object.entries(sizes).sort(([, one], [, other]) => other - one)) {
      const milliseconds = (await importTime(join(folder, name, 'index.mjs'), rounds)) - emptyTime;
      figures.push({
        what: `bundle ${name}`,
        value: bytes / 1000,
        unit: 'kB',
        bound: { most: mostBytes / 1000 },
        detail: `import ${milliseconds.toFixed(0)} ms`,
      });
      progress.at(figures.length, Object.keys(sizes).length);
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Prints the milliseconds that the import of its argument takes. */
const importer = `
const startedAt = performance.now();
await import(process.argv[1]);
console.log(performance.now() - startedAt);
`;

const importTime = async (path: string, rounds: number): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', importer, path]);
    times.push(Number(stdout));
  }
  return medianOf(times);
};
