/** What a simulated stage used and met so far. */
export interface Meters {
  /** Rows imported, subscribers taken or recipients sent to: what the scenario is about. */
  done: number;
  /** When the last of them was done, in seconds. */
  doneAt: number;
  writeUnits: number;
  readUnits: number;
  /** Write units that the table or an index refused; each is asked for again. */
  refusedWrites: number;
  refusedReads: number;
  /** Requests that the bus refused. */
  refusedEvents: number;
  /** Invocations for which the account had no room. */
  refusedInvocations: number;
  /** E-mails that Amazon SES refused for the moment. */
  refusedMails: number;
  /** Runs that failed; their messages come again. */
  failedRuns: number;
  /** Messages that were given up. */
  givenUp: number;
  coldStarts: number;
  invocations: number;
  /** GB of memory times seconds that functions ran. */
  gigabyteSeconds: number;
  /** Calls by service and operation. */
  readonly calls: Record<string, number>;
  events: number;
  mails: number;
  /** Messages that queues took. */
  messages: number;
}

/** Nothing used yet. */
export const newMeters = (): Meters => ({
  done: 0,
  doneAt: 0,
  writeUnits: 0,
  readUnits: 0,
  refusedWrites: 0,
  refusedReads: 0,
  refusedEvents: 0,
  refusedInvocations: 0,
  refusedMails: 0,
  failedRuns: 0,
  givenUp: 0,
  coldStarts: 0,
  invocations: 0,
  gigabyteSeconds: 0,
  calls: {},
  events: 0,
  mails: 0,
  messages: 0,
});
