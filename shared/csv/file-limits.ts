/** What one file of contacts may have, so that no file costs more memory or time than it is worth. */
export const fileLimits = {
  /** Of one row, quotes included. */
  rowBytes: 256 * 1024,
  /** What is kept of a row that is longer, for people to know it again. */
  keptBytes: 1000,
  /** Of the header; of a row with more, as many are kept. */
  columns: 1000,
  headerLength: 32_000,
  /** How much larger than itself the content of an archive may be; text of people is packed 5 to 20 times. */
  packing: 200,
  /** Content of this size is read however well it is packed. */
  freeBytes: 10 * 1024 * 1024,
  /** The part of a file by which its format is found out. */
  sampleBytes: 256 * 1024,
} as const;
