import type { Queue } from '../queue.ts';
import type { ActivityPage } from './activity.ts';
import type { ContentName, Message, MessageChannel, MessageContent, MessageStatus, QueuedMessage } from './message.ts';
import type { RenderedMessage } from './render-message.ts';

/*
 * What sending messages needs from outside, beside the ports of `ports.ts` and by their rules: what is thrown is transient
 * or a bug, and times are ISO 8601 in UTC.
 */

/** One attempt to send a message: it holds the right to until it ends or its time is over. */
export interface MessageAttempt {
  readonly requestId: string;
  readonly attemptId: string;
  readonly now: string;
  readonly until: string;
}

/** How an attempt ended. */
export interface MessageEnd {
  readonly status: MessageStatus;
  readonly statusAt: string;
  readonly reason?: string;
}

/** Messages to contacts, for the days that the settings say. */
export interface MessageStore {
  /** Keeps content by itself, for the messages that name it. */
  putContent(contentId: string, content: MessageContent): Promise<void>;
  /** What a message says; `undefined` if it is not kept any more. */
  readContent(name: ContentName): Promise<MessageContent | undefined>;
  /**
   * Keeps messages that are to be sent; one whose `requestId` is known stays as it is. `isContentOwn`: their content
   * goes to no other contact.
   */
  create(messages: readonly QueuedMessage[], isContentOwn: boolean): Promise<void>;
  /** Those of the messages that are known, in no order. */
  find(requestIds: readonly string[]): Promise<Message[]>;
  /** Messages of which something was heard in a range, those to segments left out, by the time of that. A moment late. */
  listHeard(page: ActivityPage): Promise<Message[]>;
  /** The latest messages to a contact, the newest first. */
  listOf(contactId: number): Promise<Message[]>;
  /** Takes the right to send; `over`: it was sent, refused or forgotten, `busy`: another attempt holds the right. */
  begin(attempt: MessageAttempt): Promise<QueuedMessage | 'over' | 'busy'>;
  /** Gives the right back of an attempt that failed. */
  abandon(attempt: Pick<MessageAttempt, 'requestId' | 'attemptId'>): Promise<void>;
  /**
   * Notes how a message fares, unless that was overtaken by something that is heard later (`statusesBefore`), and
   * forgets how to send it. Whether it was noted.
   */
  note(requestId: string, end: MessageEnd): Promise<boolean>;
  /** One of the messages to a contact, by reading no more; `undefined` if none is known. */
  findOneOf(contactId: number): Promise<{ readonly requestId: string; readonly createdAt?: string } | undefined>;
  /** Forgets every message to a contact, and their content if no other message uses it. */
  forget(contactId: number): Promise<void>;
}

/** Which message is to be sent: the job says nothing of what is in it. */
export interface MessageJob {
  readonly requestId: string;
}

/** Messages that are to be sent. */
export type MessageQueue = Queue<MessageJob>;

/** A message with everything filled in, on its way to one address. */
export type OutgoingMessage = RenderedMessage & {
  readonly requestId: string;
  readonly to: string;
  /** Of an e-mail that does not go to who unsubscribed: the address by which its reader unsubscribes. */
  readonly unsubscribeLink?: string;
};

/** What brings messages to people. */
export interface CarrierRefusal {
  /** The reason, for people, without an address. */
  readonly refused: string;
  /** The phone number has answered STOP before, so that nothing sent to it would arrive. */
  readonly hasStopped?: true;
}

export interface MessageCarrier {
  /** Resolves when the message was accepted for delivery, or refused for good with the reason. */
  send(message: OutgoingMessage): Promise<'accepted' | CarrierRefusal>;
}

/** Which channels a stage has. */
export interface MessageChannels {
  /** Why there is nothing to be sent by a channel; `undefined` if there is. */
  missing(channel: MessageChannel): string | undefined;
}
