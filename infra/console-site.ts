import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';

/** A build of the console that is under way. */
export interface SiteBuild {
  /** Waits until the files are there. Throws Error with what the build said where it failed. */
  finish(): void;
}

/** How a build ended. */
export const siteStates = { pending: 0, done: 1, failed: 2 } as const;

/** The file in which a failed build says why. */
export const siteComplaint = 'site-error.txt';

const longestMs = 120_000;

/** Begins to build the console into the folder `site` below this one, beside whatever else the caller does. */
export const beginSite = (folder: string): SiteBuild => {
  mkdirSync(folder, { recursive: true });
  const state = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(new URL('./site-thread.ts', import.meta.url), {
    workerData: { folder, state },
    execArgv: [],
  });
  worker.unref();
  return {
    finish: () => {
      // The caller does everything at once, as esbuild does.
      Atomics.wait(state, 0, siteStates.pending, longestMs);
      if (Atomics.load(state, 0) === siteStates.done) return;
      const isTold = Atomics.load(state, 0) === siteStates.failed;
      const reason = isTold ? readFileSync(join(folder, siteComplaint), 'utf8') : `it took more than ${longestMs} ms`;
      throw new Error(`The console could not be built: ${reason}`);
    },
  };
};

/** Puts an empty page in the place of the console: enough for anyone who looks at the template alone. */
export const stubSite = (folder: string): void => {
  mkdirSync(join(folder, 'site'), { recursive: true });
  writeFileSync(join(folder, 'site/index.html.gz'), gzipSync('<!doctype html>\n'));
};
