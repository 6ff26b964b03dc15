import type { Page, PageRequest } from '../page.ts';
import type { EmailContent, MessageChannel, MessageContent, SmsContent } from './message.ts';

/** What lists show of what a message says: of an e-mail not its bodies, which may be long. */
export type MessageSummary = Omit<EmailContent, 'html' | 'text'> | SmsContent;

/** What lists show of a stored message. Times are ISO 8601 in UTC. */
export interface TemplateHead {
  readonly id: number;
  readonly name: string;
  readonly channel: MessageChannel;
  /** Absent until the next change of one that a version of Rollcall without summaries kept. */
  readonly summary?: MessageSummary;
  /** Words that people find it by; absent if there are none. */
  readonly tags?: readonly string[];
  /** Grows by one with each change; what was accepted for sending says what it said then. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A stored message, which is sent by its id. */
export interface MessageTemplate extends TemplateHead {
  readonly content: MessageContent;
}

/** What a stored message is called and says. */
export interface TemplateDraft {
  readonly name: string;
  readonly content: MessageContent;
  /** Absent: those that it has. */
  readonly tags?: readonly string[];
}

/** What lists show of a content. */
export const summaryOf = (content: MessageContent): MessageSummary => {
  if (content.channel === 'sms') return content;
  const { html: _html, text: _text, ...summary } = content;
  return summary;
};

/** Stored messages as they are now: reads are consistent but for `list`. */
export interface TemplateStore {
  /** Ascending by id. */
  list(page: PageRequest): Promise<Page<TemplateHead>>;
  find(id: number): Promise<MessageTemplate | undefined>;
  /** Those that are there, in no order. */
  heads(ids: readonly number[]): Promise<TemplateHead[]>;
  /** Keeps a new one under an id of its own, in version 1. */
  create(template: TemplateDraft & Pick<MessageTemplate, 'createdAt'>): Promise<MessageTemplate>;
  /** Keeps the next version of one, if it is still as it was read; whether it was. */
  replace(template: MessageTemplate, next: TemplateDraft & Pick<MessageTemplate, 'updatedAt'>): Promise<boolean>;
  /** Removes one, if it is still as it was read; whether it was. Messages that were accepted are still sent. */
  remove(template: MessageTemplate): Promise<boolean>;
}
