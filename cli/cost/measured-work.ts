import { readFileSync } from 'node:fs';
import type { Use } from './use.ts';

/** What one piece of work uses, as `npm run bench` measured it. */
export interface MeasuredWork {
  /** The day of the measurement. */
  readonly measuredOn: string;
  readonly each: {
    /** A new contact with an e-mail address, a phone number and a segment, imported by a bulk request with its event. */
    readonly newContact: Use;
    /** A contact that is sent again, of which nothing changed. */
    readonly unchangedContact: Use;
    /** A contact that is sent again with another address. */
    readonly changedContact: Use;
    /** A new subscriber of a form, with the event, the message that asks to confirm and all checks afterwards. */
    readonly subscriber: Use;
    /** An e-mail to one member of a segment. */
    readonly message: Use;
  };
  /** Write units of an event in the log, which are part of those of a new contact. */
  readonly writesOfEvent: number;
  /** Bytes of the table that one of each takes, with its entries in indexes. */
  readonly storedBytes: {
    readonly contact: number;
    readonly event: number;
    readonly message: number;
  };
}

/** What `npm run bench -- --keep` measured last. */
export const measuredWork: MeasuredWork = JSON.parse(
  readFileSync(new URL('measured-work.json', import.meta.url), 'utf8'),
);
