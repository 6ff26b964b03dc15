import type { Contact } from '../contacts/contact.ts';
import type { Message } from './message.ts';

/** A range of time, both ends included, in ISO 8601 in UTC. */
export interface ActivityRange {
  readonly from: string;
  readonly until: string;
}

/** The next messages of which something was heard in a range. */
export interface ActivityPage extends ActivityRange {
  /** The place of the last one before them; from the beginning if absent. */
  readonly after?: string;
  readonly limit: number;
}

/** A message that was sent, the contact that it went to, and what the stored message is called that it came from. */
export interface Activity {
  readonly message: Message;
  readonly contact: Contact;
  readonly name?: string;
}

/** The place of a message among those of which something was heard: by time. */
export const placeOf = ({ statusAt, requestId }: Pick<Message, 'statusAt' | 'requestId'>): string =>
  `${statusAt}#${requestId}`;
