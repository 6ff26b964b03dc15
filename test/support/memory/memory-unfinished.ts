import type { UnfinishedNotes, WorkNote } from '#domain/unfinished.ts';
import type { Step } from './step.ts';

/** Notes of work under way in memory. */
export const memoryUnfinished = (notes: Map<string, WorkNote>, step: Step): UnfinishedNotes => {
  const keyOf = ({ id, dueAt, work: { kind } }: Parameters<UnfinishedNotes['forget']>[0]) => `${dueAt}#${kind}#${id}`;
  return {
    note: async (note) => {
      await step(`noteWork ${note.work.kind} ${note.id}`);
      notes.set(keyOf(note), note);
    },
    forget: async (note) => {
      await step(`forgetWork ${note.work.kind} ${note.id}`);
      notes.delete(keyOf(note));
    },
    due: async (now) => {
      await step('dueWork');
      return [...notes.values()]
        .filter(({ dueAt }) => dueAt < now)
        .toSorted((one, other) => (one.dueAt < other.dueAt ? -1 : 1));
    },
  };
};
