/** Says that the template asks for something the local stack cannot run; the message names it. */
export class Refusal extends Error {
  override name = 'Refusal';
}

/** Everything in the template that the local stack cannot run, in one error with a line for each. */
export class StackRefused extends Error {
  override name = 'StackRefused';
  readonly refusals: readonly string[];

  constructor(refusals: readonly string[]) {
    super(['The local stack cannot run this template:', ...refusals.map((line) => `- ${line}`)].join('\n'));
    this.refusals = refusals;
  }
}

/** Collects refusals, so that a person reads all of them at once. */
export interface RefusalList {
  /** Runs `work`; a `Refusal` out of it is noted under `subject` and the result is `undefined`. */
  attempt<Result>(subject: string, work: () => Result): Result | undefined;
  /** Throws `StackRefused` if anything was refused. */
  throwIfAny(): void;
}

/** An empty list of refusals. */
export const refusalList = (): RefusalList => {
  const lines: string[] = [];

  return {
    attempt: (subject, work) => {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        lines.push(...error.message.split('\n').map((line) => `${subject}: ${line}`));
        return undefined;
      }
    },
    throwIfAny: () => {
      if (lines.length > 0) throw new StackRefused(lines);
    },
  };
};
