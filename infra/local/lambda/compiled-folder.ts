import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;

/** A folder for the compiled code of functions, which ends with this process. */
export const compiledFolder = (): string => {
  folder ??= makeFolder();
  return folder;
};

const makeFolder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'rollcall-compiled-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
};
