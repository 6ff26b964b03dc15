import type { ContactDraft } from '#domain/contacts/contact.ts';
import type { Problem } from '#domain/problem.ts';

/** A contact while it is read: what is known of it and what is wrong with it so far. */
export interface Reading {
  readonly draft: { -readonly [Name in keyof ContactDraft]: ContactDraft[Name] };
  readonly errors: Problem[];
  readonly warnings: Problem[];
  /** Invalid channels: no contact can be found by them. */
  readonly leftOut: Problem[];
}

/** A contact of which nothing is read yet. */
export const newReading = (): Reading => ({ draft: {}, errors: [], warnings: [], leftOut: [] });

/** Leaves a value out with a warning: what is stored of the member stays, whatever an update mask lists. */
export const leaveOut = ({ draft, warnings }: Reading, problem: Problem): void => {
  warnings.push({ ...problem, message: `${problem.message} and was left out` });
  if (draft.untouched?.includes(problem.field)) return;
  draft.untouched = [...(draft.untouched ?? []), problem.field];
};

/** Leaves a channel out, which is an error if nothing else says which contact it is. */
export const leaveChannelOut = (reading: Reading, problem: Problem): void => {
  reading.leftOut.push(problem);
  leaveOut(reading, problem);
};

/** A text that stands for nobody: it counts as if it was not there, and is told of. */
export const noIdentity = (field: string, value: string): Problem => ({
  code: 'NO_VALUE',
  field,
  message: `${quoted(value.trim())} stands for no value`,
});

/** A submitted value as a message quotes it. */
export const quoted = (value: string): string =>
  `'${value.length > 60 ? `${value.slice(0, 60).toWellFormed()}…` : value}'`;
