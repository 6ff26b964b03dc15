import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workerData } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { siteComplaint, siteStates } from './console-site.ts';
import { builtOnce, type Keeping } from './kept-bundles.ts';

/* Builds the console in a thread of its own, as bundling the functions keeps the other one busy. */

const root = fileURLToPath(new URL('..', import.meta.url));

const keeping: Keeping = {
  keptIn: join(root, 'node_modules/.cache/rollcall-console'),
  ingredients: [
    'console',
    'infra/site-thread.ts',
    'docs/openapi.json',
    'docs/runbook.md',
    'docs/subscription-form.html',
    'package.json',
    'node_modules/.package-lock.json',
  ],
};

/** Builds with Vite and packs each file once for everybody: API Gateway does not compress. */
const build = (names: readonly string[], folder: string): void => {
  const built = mkdtempSync(join(tmpdir(), 'rollcall-site-'));
  try {
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    execFileSync(process.execPath, [vite, 'build', '-c', 'console/vite.config.ts', '--outDir', built], {
      cwd: root,
      // Vite takes another value over from the environment of the build, and React then weighs a quarter more.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: 'pipe',
    });
    for (const name of names) packAll(built, join(folder, name));
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
};

const packAll = (from: string, to: string): void => {
  const entries = readdirSync(from, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const packed = join(to, `${relative(from, path)}.gz`);
    mkdirSync(dirname(packed), { recursive: true });
    writeFileSync(packed, gzipSync(readFileSync(path), { level: 9 }));
  }
};

const { folder, state }: { folder: string; state: Int32Array } = workerData;
try {
  builtOnce(['site'], folder, build, keeping);
  Atomics.store(state, 0, siteStates.done);
} catch (error) {
  writeFileSync(join(folder, siteComplaint), error instanceof Error ? error.message : String(error));
  Atomics.store(state, 0, siteStates.failed);
}
Atomics.notify(state, 0);
