/** What AWS charges for, as far as work uses it; each member counts what its price is for. */
export interface Use {
  /** Write request units of the table and its indexes. */
  readonly tableWrites: number;
  /** Read request units. */
  readonly tableReads: number;
  /** Events that functions put on the bus. */
  readonly events: number;
  /** Requests to queues: sending by functions and by rules, and receiving and deleting by AWS Lambda. */
  readonly queueRequests: number;
  /** Requests of Amazon S3 that write, and those that read. */
  readonly objectWrites: number;
  readonly objectReads: number;
  /** Bytes of objects, which are kept for a while. */
  readonly objectBytes: number;
  /** Requests that the HTTP API takes. */
  readonly apiRequests: number;
  readonly invocations: number;
  /** Seconds that functions run, times their GiB of memory. */
  readonly gigabyteSeconds: number;
  /** What functions and the access log write. */
  readonly logBytes: number;
  /** E-mails that Amazon SES sends. */
  readonly mails: number;
}

/** Nothing used. */
export const noUse: Use = {
  tableWrites: 0,
  tableReads: 0,
  events: 0,
  queueRequests: 0,
  objectWrites: 0,
  objectReads: 0,
  objectBytes: 0,
  apiRequests: 0,
  invocations: 0,
  gigabyteSeconds: 0,
  logBytes: 0,
  mails: 0,
};

/** Uses, each so many times, together. */
export const sumOfUses = (uses: readonly (readonly [use: Use, times: number])[]): Use => {
  const sum: Record<keyof Use, number> = { ...noUse };
  for (const [use, times] of uses) {
    for (const name of Object.keys(sum) as (keyof Use)[]) sum[name] += use[name] * times;
  }
  return sum;
};
