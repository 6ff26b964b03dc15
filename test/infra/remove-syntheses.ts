import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/** A folder for all that tests synthesize, some hundred megabytes, which is gone after them. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-syntheses-'));
  project.provide('syntheses', folder);
  return () => rm(folder, { recursive: true, force: true });
};

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for cloud assemblies. */
    syntheses: string;
  }
}
