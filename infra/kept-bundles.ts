import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Everything that a bundle depends on, as folders and files. */
const ingredients = [
  'functions',
  'shared',
  'infra/bundles.ts',
  'infra/no-endpoint-cache.ts',
  'infra/no-event-streams.ts',
  'infra/plain-schemas.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

const cacheFolder = join(root, 'node_modules/.cache/rollcall-bundles');

/** Builds that are kept; each has some tens of megabytes. */
const mostKept = 5;

/**
 * Puts into `folder` what `build` puts into the folder that it is given, and calls it only where the functions of these
 * names were not built from the very same sources, packages and options before.
 */
export const builtOnce = (
  names: readonly string[],
  folder: string,
  build: (folder: string) => void,
  keptIn = cacheFolder,
): void => {
  const kept = join(keptIn, keyOf(names));
  if (!existsSync(kept)) {
    mkdirSync(keptIn, { recursive: true });
    forgetOldest(keptIn);
    keep(kept, build);
  }
  const now = new Date();
  utimesSync(kept, now, now);
  cpSync(kept, folder, { recursive: true });
};

const keyOf = (names: readonly string[]): string => {
  const hash = createHash('sha256').update(JSON.stringify(names));
  for (const path of ingredients.flatMap(filesIn))
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)));
  return hash.digest('hex');
};

const filesIn = (path: string): string[] => {
  if (statSync(join(root, path)).isFile()) return [path];
  const entries = readdirSync(join(root, path), { recursive: true, withFileTypes: true });
  return entries
    .flatMap((entry) => (entry.isFile() ? join(entry.parentPath, entry.name).slice(root.length) : []))
    .sort();
};

/** Whoever builds the same beside us may be faster, and one that is killed leaves nothing that looks whole. */
const keep = (kept: string, build: (folder: string) => void): void => {
  const building = mkdtempSync(join(dirname(kept), 'building-'));
  try {
    build(building);
    if (!existsSync(kept)) renameSync(building, kept);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
};

const forgetOldest = (keptIn: string): void => {
  const usedAt = (name: string) => statSync(join(keptIn, name)).mtimeMs;
  const newestFirst = readdirSync(keptIn).sort((one, other) => usedAt(other) - usedAt(one));
  for (const name of newestFirst.slice(mostKept - 1)) rmSync(join(keptIn, name), { recursive: true, force: true });
};
