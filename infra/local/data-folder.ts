import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotStart } from './engine/engine.ts';

/**
 * Takes a folder of data for this process alone, by a lock that the operating system ends with the process, however it
 * ends; returns what gives it back. Throws `CannotStart` if another local stack has it.
 */
export const takeFolder = async (folder: string): Promise<() => void> => {
  await mkdir(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, 'lock.db'));
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!(error instanceof Error && error.message.includes('locked'))) throw error;
    throw new CannotStart(`Another local stack has the data of ${folder}: stop it, or set DATA_DIR to another folder.`);
  }
  return () => database.close();
};
