import type { TestProject } from 'vitest/node';
import { slowestTen } from './slowest-ten.ts';

/** Prints the slowest ten files when all tests are over; as a set-up, since reporters of a command line replace configured ones. */
export default ({ vitest }: TestProject): (() => void) => {
  return () => {
    const files = vitest.state.getTestModules().map((module) => ({
      name: module.relativeModuleId,
      ms: module.diagnostic().duration,
    }));
    if (files.length > 1) process.stdout.write(`${slowestTen(files)}\n`);
  };
};
