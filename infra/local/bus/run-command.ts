import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How a command is run. */
export interface CommandCourse {
  /** Shows a line that the command wrote. */
  readonly tell: (line: string) => void;
  /** Ends the command. */
  readonly signal: AbortSignal;
}

/** Runs a program with an input, without a shell; returns why it failed, or nothing if it ended well. */
export const runCommand = (
  [program = '', ...args]: readonly string[],
  input: string,
  { tell, signal }: CommandCourse,
): Promise<string | undefined> =>
  new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], signal });
    for (const output of [child.stdout, child.stderr]) {
      createInterface({ input: output }).on('line', (line) => tell(`[rule] ${program}: ${line}`));
    }
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, killedBy) => resolve(code === 0 ? undefined : `it ended with ${code ?? killedBy}`));
    // A program that reads no input may be gone before it is written.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
