import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What other commands need to know of a running local stack. */
export interface StackState {
  readonly port: number;
  readonly url: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** How a process outside reaches the engines and what is in them. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The file in which a running local stack leaves its state, by its port. */
export const stateFile = (port: number): string => join('.rollcall', `local-${port}.json`);

/** Leaves the state for other commands, and returns what takes it away again. */
export const writeState = async (state: StackState): Promise<() => Promise<void>> => {
  const file = stateFile(state.port);
  await mkdir('.rollcall', { recursive: true });
  await writeFile(file, `${JSON.stringify(state, undefined, 2)}\n`);
  return () => rm(file, { force: true });
};
