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
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Everything that a bundle depends on, as folders and files; npm writes down in one of them what is installed. */
const ingredients = [
  'functions',
  'shared',
  'infra/bundles.ts',
  'infra/no-endpoint-cache.ts',
  'infra/no-event-streams.ts',
  'infra/no-fetch-in-http.ts',
  'infra/plain-schemas.ts',
  'package.json',
  'node_modules/.package-lock.json',
  'tsconfig.json',
];

/** Where what was built is kept, and what it was made of: files and folders of the project. */
export interface Keeping {
  readonly keptIn: string;
  readonly ingredients: readonly string[];
}

const bundleKeeping: Keeping = { keptIn: join(root, 'node_modules/.cache/rollcall-bundles'), ingredients };

/** Builds that are kept; each has some tens of megabytes. */
const mostKept = 5;

/** Builds functions into a folder, one below it for each. */
export type Build = (names: readonly string[], folder: string) => void;

/**
 * Puts functions into a folder, and calls `build` for those alone that were not built from the very same sources, packages
 * and options before.
 */
export const builtOnce = (
  names: readonly string[],
  folder: string,
  build: Build,
  keeping: Partial<Keeping> = {},
): void => {
  const { keptIn, ingredients } = { ...bundleKeeping, ...keeping };
  const kept = join(keptIn, fingerprintOf(root, ingredients));
  if (!existsSync(kept)) forgetOldest(keptIn);
  mkdirSync(kept, { recursive: true });
  const now = new Date();
  utimesSync(kept, now, now);
  const missing = names.filter((name) => !existsSync(join(kept, name)));
  if (missing.length > 0) keep(missing, kept, build);
  for (const name of names) cpSync(join(kept, name), join(folder, name), { recursive: true });
};

/** SHA-256 of the names and contents of files, and of all in folders. */
export const fingerprintOf = (base: string, paths: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((one) => filesIn(base, one))) {
    hash.update(`${path}\0`);
    hash.update(readFileSync(join(base, path)));
  }
  return hash.digest('hex');
};

const filesIn = (base: string, path: string): string[] => {
  if (statSync(join(base, path)).isFile()) return [path];
  const entries = readdirSync(join(base, path), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => relative(base, join(parentPath, name))).sort();
};

/** Another process that builds the same may be faster, and one that is killed leaves nothing that looks whole. */
const keep = (names: readonly string[], kept: string, build: Build): void => {
  const building = mkdtempSync(`${kept}-`);
  try {
    build(names, building);
    for (const name of names) moveUnlessThere(join(building, name), join(kept, name));
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
};

const moveUnlessThere = (from: string, to: string): void => {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
};

const forgetOldest = (keptIn: string): void => {
  if (!existsSync(keptIn)) return;
  const usedAt = (name: string) => statSync(join(keptIn, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const newestFirst = readdirSync(keptIn).sort((one, other) => usedAt(other) - usedAt(one));
  for (const name of newestFirst.slice(mostKept - 1)) rmSync(join(keptIn, name), { recursive: true, force: true });
};
