import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import type { settingsOf } from '../settings.ts';
import type { Template } from './template/template.ts';

/** A synthesized stack with its bundles. */
export interface StackSource {
  readonly template: Template;
  readonly stackName: string;
  /** The folder of an asset by its key in the template. */
  readonly folderOf: (s3Key: string) => string;
  /** A folder in which the compiled code of its functions is kept; absent: each sandbox compiles its own. */
  readonly compiled?: string;
}

/** Settings of the local stage that differ from those in `infra/stages.ts`. */
export type LocalSettings = NonNullable<Parameters<typeof settingsOf>[1]>;

const assetManifest = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

/** Bundles the functions and synthesizes the stack of the local stage into a folder. */
export const synthesizeLocally = async (
  outdir: string,
  settings: LocalSettings,
  signal: AbortSignal,
): Promise<Required<StackSource>> => {
  const worker = new Worker(new URL('./synthesis-thread.ts', import.meta.url), {
    workerData: { outdir, settings },
    execArgv: [],
    // What it would clean up itself is in the folder, too, when it is given up half-way. Windows has the other two names.
    env: { ...process.env, TMPDIR: outdir, TEMP: outdir, TMP: outdir },
  });
  try {
    const [{ directory, stackName, template }] = await once(worker, 'message', { signal });
    const manifest = await readFile(join(directory, `${stackName}.assets.json`), 'utf8');
    const folderOf = assetFolders(directory, assetManifest.parse(JSON.parse(manifest)));
    return { template, stackName, folderOf, compiled: join(outdir, 'compiled') };
  } finally {
    await worker.terminate();
  }
};

const assetFolders = (directory: string, { files }: z.infer<typeof assetManifest>) => {
  const folders = new Map(
    Object.values(files).flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }) => [objectKey, join(directory, source.path)] as const),
    ),
  );
  return (s3Key: string): string => {
    const folder = folders.get(s3Key);
    if (folder === undefined) throw new Error(`The template names the asset ${s3Key}, which was not built`);
    return folder;
  };
};
