import type { SweepMarks, SweepName } from '#domain/sweep.ts';
import type { Step } from './step.ts';

/** The marks of sweeps in memory. */
export const memorySweepMarks = (marks: Map<SweepName, string>, step: Step): SweepMarks => ({
  read: async (sweep) => {
    await step(`readMark ${sweep}`);
    return marks.get(sweep);
  },
  write: async (sweep, since) => {
    await step(`writeMark ${sweep}`);
    marks.set(sweep, since);
  },
});
