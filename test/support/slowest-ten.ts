/** How long a file of tests took, its hooks included. */
export interface TimedFile {
  readonly name: string;
  readonly ms: number;
}

/** The slowest ten files, the slowest first, in a line each. */
export const slowestTen = (files: readonly TimedFile[]): string => {
  const slowest = files.toSorted((one, other) => other.ms - one.ms).slice(0, 10);
  const lines = slowest.map(({ name, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${name}`);
  return ['The slowest files:', ...lines].join('\n');
};
