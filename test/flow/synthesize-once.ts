import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { removeLeftFolders } from '#infra/local/engine/temporary-folder.ts';
import { synthesizeLocally } from '#infra/local/synthesis.ts';
import { forgetGrants } from '#test/support/watched-stacks.ts';

/** Builds the stack once for all flow tests, each of which then runs it with engines of its own. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  forgetGrants();
  project.provide('isOfAllTests', project.globalConfig.testNamePattern === undefined);
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-flow-'));
  const { template, stackName, folderOf, compiled } = await synthesizeLocally(folder, {}, new AbortController().signal);
  const folders = Object.fromEntries(assetKeysOf(template).map((key) => [key, folderOf(key)]));
  project.provide('stack', { template: JSON.stringify(template), stackName, folders, compiled });
  return async () => {
    await removeLeftFolders();
    await rm(folder, { recursive: true, force: true });
  };
};

/** The assets that the functions of a template are made of. */
const assetKeysOf = (template: object): string[] => [
  ...new Set([...JSON.stringify(template).matchAll(/"S3Key":"([^"]+)"/g)].map(([, key = '']) => key)),
];

declare module 'vitest' {
  interface ProvidedContext {
    /** The synthesized stack: its template as JSON, the folder of each asset by its key, and one for compiled code. */
    stack: { template: string; stackName: string; folders: Record<string, string>; compiled: string };
    /** Whether each test of a file runs, and not only those of a name. */
    isOfAllTests: boolean;
  }
}
