import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes a folder for as long as this process lives; its name says whose it is. */
export const temporaryFolder = (kind: 'stack' | 'objects'): Promise<string> =>
  mkdtemp(join(tmpdir(), `rollcall-${kind}-${process.pid}-`));

/** Removes the temporary folders of processes that were killed before they could. */
export const removeLeftFolders = async (): Promise<void> => {
  const names = await readdir(tmpdir());
  const left = names.filter((name) => {
    const owner = /^rollcall-(?:stack|objects)-(\d+)-/.exec(name)?.[1];
    return owner !== undefined && !isRunning(Number(owner));
  });
  await Promise.all(left.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true })));
};

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
