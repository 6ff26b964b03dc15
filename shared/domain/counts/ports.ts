import type { ContactSource } from '../contacts/contact.ts';
import type { Queue } from '../queue.ts';
import type { CountJob, Report } from './count-job.ts';
import type { DayCount, SumChange } from './tally.ts';

export type CountQueue = Queue<CountJob>;

/** The standings of neighbouring contacts as they were read, to be written on the condition that nobody else has. */
export interface Block {
  readonly number: number;
  readonly bytes: Uint8Array;
  /** 0: there is none yet. */
  readonly version: number;
}

/** How many contacts there are, by source; a source that there is none of may be absent. */
export type SourceCounts = { readonly [Source in ContactSource]?: number };

/** What was counted of a day. */
export interface CountedDay extends Readonly<Record<DayCount, number>> {
  /** As yyyy-mm-dd, in UTC. */
  readonly day: string;
  readonly created: SourceCounts;
}

/** What was counted, and which contacts and reports it counts. Reads are consistent. */
export interface CountStore {
  /** The blocks of these numbers, empty if nothing of them was counted. */
  readBlocks(numbers: readonly number[]): Promise<Block[]>;
  /** Those of the reports that were not counted. */
  newReports(reports: readonly Report[]): Promise<Report[]>;
  /**
   * Writes blocks, notes reports and changes sums, all or nothing; whether nobody else has written one of them since it was
   * read. Blocks, reports and days are 90 together at most.
   */
  commit(counted: {
    readonly blocks: readonly Block[];
    readonly reports: readonly Report[];
    readonly changes: readonly SumChange[];
  }): Promise<boolean>;
  /** All contacts that there are, and the days from one on of which something was counted, in order. */
  read(fromDay: string): Promise<{ readonly contacts: SourceCounts; readonly days: readonly CountedDay[] }>;
}

/** A queue of messages that were given up, and the alarm that calls for a person. */
export interface DeadLetters {
  readonly queue: string;
  readonly alarm: string;
  /** The section of `docs/runbook.md`. */
  readonly runbook: string;
  /** How many messages wait; about as many, as Amazon SQS says. */
  readonly waiting: number;
}

export interface DeadLetterReader {
  /** Every queue of messages that were given up. */
  list(): Promise<DeadLetters[]>;
}
