import type { ContactDraft } from '#domain/contacts/contact.ts';
import type { Problem } from '#domain/problem.ts';

/** A contact while it is read: what is known of it and what is wrong with it so far. */
export interface Reading {
  readonly draft: { -readonly [Name in keyof ContactDraft]: ContactDraft[Name] };
  readonly errors: Problem[];
  readonly warnings: Problem[];
}

/** A submitted value as a message quotes it. */
export const quoted = (value: string): string =>
  `'${value.length > 60 ? `${value.slice(0, 60).toWellFormed()}…` : value}'`;
