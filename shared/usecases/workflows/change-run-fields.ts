import type { Contact } from '#domain/contacts/contact.ts';
import { mergeContent } from '#domain/contacts/merge.ts';
import { paramsFor } from '#domain/events/event-params.ts';
import type { CustomField } from '#domain/fields/custom-field.ts';
import { isNumeric, summedValue } from '#domain/fields/field-sum.ts';
import { normaliseFieldValue } from '#domain/fields/field-value.ts';
import type { FieldMemory } from '#domain/fields/ports.ts';
import { fillText } from '#domain/messages/render-message.ts';
import type { OnceWrites } from '#domain/workflows/ports.ts';
import { type StepAtWork, type StepOf, type StepResult, skipped } from '#domain/workflows/step-result.ts';
import type { FieldChange } from '#domain/workflows/workflow.ts';
import { type RunProblem, runProblem } from '#domain/workflows/workflow-run.ts';
import { type SaveContactPorts, saveContact } from '../contacts/save-contact.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { notSaved } from './create-run-contact.ts';
import { type FindRunContactPorts, findRunContact } from './find-run-contact.ts';

export interface ChangeRunFieldsPorts extends Omit<SaveContactPorts, 'suppressions'>, FindRunContactPorts {
  readonly contacts: SaveContactPorts['contacts'];
  readonly fieldMemory: FieldMemory;
  readonly onceWrites: OnceWrites;
}

/** One change that can be made: its field, its value with everything filled in. */
interface Ready extends FieldChange {
  readonly field: CustomField;
}

/**
 * Changes custom fields of the contact of a run: `=` sets a value, `+` and `-` make sums within what the field can hold
 * (contract 7). A sum is made once, however often its step is repeated. If any value is invalid, nothing is written.
 */
export const changeRunFields = async (
  ports: ChangeRunFieldsPorts,
  at: StepAtWork<StepOf<'updateFields'>>,
): Promise<StepResult> => {
  const found = await findRunContact(ports, at.run);
  if (found === 'erased') return { kind: 'stop', problem: runProblem('CONTACT_ERASED') };
  if (found === 'nobody') return skipped(runProblem('NO_CONTACT'));
  const { changes, problem } = await readyChanges(ports, at);
  if (problem) return { kind: 'fail', problem };
  const { id: contactId } = found.contact;
  const moves = changes.filter(({ field }) => field.identifier);
  const edits = changes.filter(({ field }) => !field.identifier);
  try {
    if (moves.length > 0) await moveFields(ports, at.token, contactId, moves);
  } catch (error) {
    return notSaved(error);
  }
  const isThere = edits.length === 0 || (await editFields(ports, at, contactId, edits));
  return isThere ? { kind: 'done', contactId, result: { contactId } } : skipped(runProblem('NO_CONTACT'));
};

const readyChanges = async (
  { fieldMemory }: ChangeRunFieldsPorts,
  { run, step }: StepAtWork<StepOf<'updateFields'>>,
): Promise<{ changes: Ready[]; problem?: RunProblem }> => {
  const definitions = await fieldMemory.knowing(step.fields.map(({ id }) => id));
  const changes: Ready[] = [];
  for (const change of step.fields) {
    const field = definitions.get(change.id);
    const value = fillText(change.value, paramsFor(run.event.params, [change.value]));
    const problem = field ? problemOf(field, { ...change, value }) : runProblem('UNKNOWN_FIELD', String(change.id));
    if (problem) return { changes: [], problem };
    if (field) changes.push({ ...change, value, field });
  }
  return { changes };
};

const problemOf = (field: CustomField, { operation, value }: FieldChange): RunProblem | undefined => {
  if (operation === '=') {
    const isSuitable = value.trim() === '' || normaliseFieldValue(field, value) !== undefined;
    return isSuitable ? undefined : runProblem('INVALID_VALUE', String(field.id));
  }
  // A contact is found by its value: changing it by a sum would move claims, for a number that is no use to count with.
  if (!isNumeric(field) || field.identifier) return runProblem('FIELD_NOT_NUMERIC', String(field.id));
  return summedValue(field, undefined, value) === undefined ? runProblem('INVALID_VALUE', String(field.id)) : undefined;
};

/** Contacts are found by these, so that claims move with them; to set one twice is to set it once. */
const moveFields = (ports: ChangeRunFieldsPorts, token: string, id: number, moves: readonly Ready[]) =>
  saveContact(
    { ...ports, newId: () => token },
    {
      draft: { id, fields: moves.map(({ id, value }) => ({ id, value })) },
      groupNames: [],
      groupIds: [],
      warnings: [],
    },
    { dedupeOn: 'path', source: 'CAMPAIGN', confirmed: true, restoreDeleted: false },
  );

/** Whether the contact was still there. */
const editFields = (
  ports: ChangeRunFieldsPorts,
  { run: { runId, expiresAt }, step, token }: StepAtWork,
  contactId: number,
  edits: readonly Ready[],
): Promise<boolean> =>
  retryOnConflict(ports, async () => {
    const [contact] = (await ports.contacts.readContacts([contactId], [])).contacts;
    if (contact?.state !== 'active') return false;
    const edited = editedContact(contact, edits, { now: ports.now(), token });
    const write = { contact: edited, expectedVersion: contact.version };
    const verdict = await ports.onceWrites.replace(write, { runId, stepId: step.id, expiresAt });
    return verdict === 'lost' ? undefined : true;
  });

const editedContact = (contact: Contact, edits: readonly Ready[], by: { now: string; token: string }): Contact => {
  const current = new Map(contact.fields?.map(({ id, value }) => [id, value]));
  const fields = edits.map((edit) => ({ id: edit.id, value: editedValue(edit, current.get(edit.id)) }));
  const { id, source, state, createdAt, createdBy, version } = contact;
  return {
    ...{ id, source, state, createdAt, createdBy },
    updatedAt: by.now,
    updatedBy: by.token,
    version: version + 1,
    ...mergeContent(contact, { fields }, { confirmed: contact.confirmed }),
  };
};

/** Blank if the field is cleared. */
const editedValue = ({ field, operation, value }: Ready, current: string | undefined): string => {
  if (operation !== '=') return summedValue(field, current, operation === '-' ? negated(value) : value) ?? '';
  return value.trim() === '' ? '' : (normaliseFieldValue(field, value) ?? '');
};

const negated = (value: string): string => {
  const text = value.trim();
  return text.startsWith('-') ? text.slice(1) : `-${text.replace(/^\+/, '')}`;
};
