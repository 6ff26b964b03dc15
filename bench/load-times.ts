import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { medianOf } from './figure.ts';

const run = promisify(execFile);

/** A module that a fresh process loads. */
export interface LoadedModule {
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Milliseconds of processor time that a fresh process needs to load each module, the middle one of some rounds. Each round
 * loads every module once, so that other work on this machine slows all of them alike.
 */
export const loadTimes = async (
  modules: readonly LoadedModule[],
  rounds: number,
  each: () => void = () => {},
): Promise<number[]> => {
  const times = modules.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, module] of modules.entries()) {
      times[at]?.push(await loadTime(module));
      each();
    }
  }
  return times.map(medianOf);
};

/** Prints the milliseconds of processor time that loading its argument takes, those of compiling in other threads with them. */
const loader = `
const before = process.cpuUsage();
await import(process.argv[1]);
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);
`;

const loadTime = async ({ file, environment }: LoadedModule): Promise<number> => {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', loader, file], { env: environment });
  return Number(stdout);
};
