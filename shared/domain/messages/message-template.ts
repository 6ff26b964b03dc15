import type { Page, PageRequest } from '../page.ts';
import type { MessageChannel, MessageContent } from './message.ts';

/** What lists show of a stored message. Times are ISO 8601 in UTC. */
export interface TemplateHead {
  readonly id: number;
  readonly name: string;
  readonly channel: MessageChannel;
  /** Grows by one with each change; what was accepted for sending says what it said then. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A stored message, which is sent by its id. */
export interface MessageTemplate extends TemplateHead {
  readonly content: MessageContent;
}

/** Stored messages as they are now: reads are consistent but for `list`. */
export interface TemplateStore {
  /** Ascending by id. */
  list(page: PageRequest): Promise<Page<TemplateHead>>;
  find(id: number): Promise<MessageTemplate | undefined>;
  /** Keeps a new one under an id of its own, in version 1. */
  create(template: Pick<MessageTemplate, 'name' | 'content' | 'createdAt'>): Promise<MessageTemplate>;
  /** Keeps the next version of one, if it is still as it was read; whether it was. */
  replace(template: MessageTemplate, next: Pick<MessageTemplate, 'name' | 'content' | 'updatedAt'>): Promise<boolean>;
  /** Removes one, if it is still as it was read; whether it was. Messages that were accepted are still sent. */
  remove(template: MessageTemplate): Promise<boolean>;
}
