import type { ContactSource } from '../contacts/contact.ts';

/** Contacts that were created in the same way on the same day. */
export interface CreatedContacts {
  readonly source: ContactSource;
  /** As yyyy-mm-dd, in UTC. */
  readonly day: string;
  readonly ids: readonly number[];
}

/** What happened to a contact, and on which day. */
export interface Mark {
  readonly contactId: number;
  readonly kind: 'asked' | 'confirmed';
  readonly day: string;
}

/** What became of a message. `id` is the same however often it is heard, and says nothing of the address. */
export interface Report {
  readonly id: string;
  readonly kind: 'bounced' | 'complained';
  readonly day: string;
}

/** What there is to count. All of it may be told again: it counts once. */
export interface CountJob {
  readonly created?: readonly CreatedContacts[];
  /** Contacts to look at: they were created, deleted, restored or erased, or are about to be. */
  readonly changed?: readonly number[];
  /** Those of `changed` that were not there before are not waited for any longer. */
  readonly isAgain?: true;
  readonly marks?: readonly Mark[];
  readonly reports?: readonly Report[];
}

/** The day of an ISO 8601 time in UTC. */
export const dayOf = (time: string): string => time.slice(0, 'yyyy-mm-dd'.length);
