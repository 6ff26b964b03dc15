import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** What a person wants who interrupts an import. */
export type Wish = 'pause' | 'cancel' | 'go on' | 'leave';

/** Who may be interrupted, and asks what is wanted then. */
export interface Interruptions {
  /** What a person wants who has interrupted since the last look; `undefined` if nobody has. */
  take(): Promise<Wish | undefined>;
  end(): void;
}

/** Nobody can be asked: an interruption ends the command, as it ends any. */
export const noInterruptions: Interruptions = { take: async () => undefined, end: () => {} };

/** Where a person sits who can interrupt and be asked. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
  /** Calls back at each Ctrl+C, until what it returns is called. */
  readonly onInterrupt: (heard: () => void) => () => void;
}

/** Asks at Ctrl+C what is to become of the import; a second Ctrl+C while it asks leaves the import alone. */
export const interruptionsOn = (terminal: Terminal): Interruptions => {
  let isInterrupted = false;
  const stop = terminal.onInterrupt(() => {
    isInterrupted = true;
  });
  return {
    take: async () => {
      if (!isInterrupted) return undefined;
      const wish = await ask(terminal);
      isInterrupted = false;
      return wish;
    },
    end: stop,
  };
};

const wishes: Readonly<Record<string, Wish>> = { p: 'pause', c: 'cancel', g: 'go on', '': 'go on' };

const ask = ({ input, output, onInterrupt }: Terminal): Promise<Wish> =>
  new Promise((resolve) => {
    const prompt = createInterface({ input, output });
    const stop = onInterrupt(() => prompt.close());
    // On a terminal the prompt itself takes Ctrl+C; at the end of the input nobody will answer.
    prompt.on('SIGINT', () => prompt.close());
    prompt.on('close', () => {
      stop();
      resolve('leave');
    });
    prompt.on('line', (answer) => {
      const wish = wishes[answer.trim().slice(0, 1).toLowerCase()];
      if (!wish) return prompt.prompt();
      resolve(wish);
      prompt.close();
    });
    prompt.setPrompt('\nThe import goes on. [p]ause it, [c]ancel it, or [g]o on watching? ');
    prompt.prompt();
  });
