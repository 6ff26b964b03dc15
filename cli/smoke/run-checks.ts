import { NotHere, type Smoke } from './smoke.ts';

/** Something that has to work. */
export interface Check {
  readonly name: string;
  /** What works if it is ok. */
  readonly says: string;
  readonly run: (smoke: Smoke) => Promise<void>;
}

/** How many checks came to what. */
export interface Tally {
  readonly ok: number;
  readonly differing: readonly string[];
  readonly skipped: readonly string[];
}

/** Runs checks one after another, and reports each in a line; one that differs does not keep the others from running. */
export const runChecks = async (
  smoke: Smoke,
  checks: readonly Check[],
  { tell, signal }: { readonly tell: (line: string) => void; readonly signal: AbortSignal },
): Promise<Tally> => {
  const tally = { ok: 0, differing: [] as string[], skipped: [] as string[] };
  for (const { name, says, run } of checks) {
    if (signal.aborted) {
      tally.differing.push(name);
      tell(line('stopped', name, 'it was not tried'));
      continue;
    }
    try {
      await run(smoke);
      tally.ok++;
      tell(line('ok', name, says));
    } catch (error) {
      const isSkipped = error instanceof NotHere;
      (isSkipped ? tally.skipped : tally.differing).push(name);
      tell(line(isSkipped ? 'skipped' : 'differs', name, messageOf(error)));
    }
  }
  return tally;
};

/** The last line of a run, which says whether all is well. */
export const verdictOf = ({ ok, differing, skipped }: Tally, isClean: boolean): string => {
  const isWell = differing.length === 0 && isClean;
  return [
    `${isWell ? 'Passed' : 'Failed'}: ${ok} checks came out as on the local stack`,
    differing.length > 0 ? `${differing.length} did not (${differing.join(', ')})` : '',
    skipped.length > 0 ? `${skipped.length} could not be tried (${skipped.join(', ')})` : '',
    isClean ? '' : 'something may be left',
  ]
    .filter((part) => part !== '')
    .join(', ');
};

const line = (verdict: string, name: string, text: string): string => `${verdict.padEnd(8)} ${name.padEnd(13)} ${text}`;

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
};
