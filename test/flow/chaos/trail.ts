/** What was done when, and what was found wrong. */
export interface Trail {
  note(what: string): void;
  violate(promise: string, detail: string): void;
  readonly violations: readonly string[];
  /** What was noted about any of these words, newest last. */
  about(words: readonly string[]): string[];
  /** All of it, one line each. */
  text(): string;
}

/** Starts a trail of a seed; the seconds of its lines count from now. */
export const startTrail = (seed: number): Trail => {
  const startedAt = Date.now();
  const lines: string[] = [];
  const violations: string[] = [];
  const note = (what: string) => {
    lines.push(`${((Date.now() - startedAt) / 1000).toFixed(1)} s: ${what}`);
  };
  return {
    violations,
    note,
    violate: (promise, detail) => {
      violations.push(`${promise}: ${detail}`);
      note(`VIOLATION ${promise}: ${detail}`);
    },
    about: (words) => lines.filter((line) => words.some((word) => line.includes(word))),
    text: () => [`seed ${seed}`, ...lines, ''].join('\n'),
  };
};
