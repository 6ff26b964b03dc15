import type * as z from 'zod/mini';
import type { Access } from '#names/access.ts';
import type { Operation } from '#names/routes.ts';

/** The groups of operations, with what each is for. */
export const tags = {
  Contacts: 'Adding, updating and reading contacts, compatible with the Yespo REST API v1.',
  Segments: 'Segments and subscription categories, compatible with the Yespo REST API v1.',
  Account: 'What clients ask for while they connect, compatible with the Yespo REST API v1.',
  Imports: 'Following imports row by row: the own routes of Rollcall.',
  People: 'Reading contacts with what the compatible answers cannot say: the own routes of Rollcall.',
  Console: 'The web page for people, without a key: who opens it signs in there.',
  Keys: 'API keys and the settings of the stage: the own routes of Rollcall.',
  Confirmation: 'Double opt-in: what the link of a confirmation message opens, without a key.',
  Unsubscribing: 'What the unsubscribe link of a message opens, and what mailbox providers post to, without a key.',
  Events: 'The log of events and their types: the own routes of Rollcall.',
  Workflows: 'Events and orders that launch workflows, compatible with the Yespo REST API v1 and v2.',
  Groups: 'Making segments and subscription categories: the own routes of Rollcall.',
  Fields: 'Defining custom fields: the own routes of Rollcall.',
  Messages:
    'Sending e-mails and SMS, compatible with the Yespo REST API v1. An unknown recipient becomes a contact with that one channel, confirmed, in no segment and without any event; a known contact stays as it is.',
  'Stored messages': 'Keeping messages that are sent by their id: the own routes of Rollcall.',
  'Stored workflows': 'Keeping workflows that events launch, and following their runs: the own routes of Rollcall.',
} as const;

/**
 * A part of a request that its schema alone does not read: the document shows the schema, and `read` makes the value of
 * what came. Its second argument is what the stage has to say about reading.
 */
interface Reader<Schema extends z.ZodMiniType> {
  readonly schema: Schema;
  readonly read: (given: never, rule: never) => unknown;
}

/** A parameter of a path; `read` throws NOT_FOUND or INVALID_REQUEST for a text that can be none. */
export interface PathParameter<Value> {
  readonly schema: z.ZodMiniType;
  readonly read: (text: string) => Value;
}

/** A list that is answered page by page, by our own routes. */
export interface ListDefinition {
  /** What its cursors are good for: one list. */
  readonly name: string;
  /** Items of a page if nothing is asked; 50 if absent. */
  readonly byDefault?: number;
  /** Items of a page at most; 500 if absent. */
  readonly most?: number;
}

/**
 * Everything that the wire has of one operation, in one place: what a request holds and what the answer is. Its endpoint
 * reads and answers by it, and the OpenAPI document is made of it. Its method, paths and rate are in the route table,
 * as the stack and the function of `$default` need them without any schema.
 *
 * A definition is a plain object of names and constants without a call or a text with names in it, so that a bundler drops
 * those that a function does not use.
 */
export interface OperationDefinition {
  /** Its name in the route table, which it is exported under. */
  readonly name: Operation;
  /** What a key must be allowed to do; `public` is what the route table says is answered without one. */
  readonly access: Access;
  readonly tag: keyof typeof tags;
  readonly summary: string;
  readonly description: string;
  /** A reader for each parameter of the paths. */
  readonly path?: Readonly<Record<string, PathParameter<unknown>>>;
  /** The parameters behind the `?`; of one that is repeated the last value counts, or all if the schema has a list. */
  readonly query?: z.ZodMiniObject | Reader<z.ZodMiniObject>;
  readonly body?: z.ZodMiniType | Reader<z.ZodMiniType>;
  readonly isBodyOptional?: true;
  /** Bytes of the body at most, of those in `body-bytes.ts`; `usualBodyBytes` if absent. */
  readonly maxBodyBytes?: number;
  /** That the answer is a page of a list, of which `answer` is one item. */
  readonly list?: ListDefinition;
  /** A schema is answered as JSON, and text as a bare sentence (contract 1.4). */
  readonly answer: z.ZodMiniType | 'csv' | 'html' | 'site' | 'nothing';
  /** Whether the answer may be an empty body. */
  readonly isAnswerOptional?: true;
  readonly headers?: z.ZodMiniObject;
  /** Whether it answers 404 although its path names nothing: its query or its body does. */
  readonly findsByQuery?: true;
  /** Whether the answer holds a secret, which is never kept for a repeat. */
  readonly isAnswerSecret?: true;
  /** Why it answers 409. */
  readonly conflict?: string;
}
