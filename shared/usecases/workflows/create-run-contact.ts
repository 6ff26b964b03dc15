import type { Contact, ContactDraft } from '#domain/contacts/contact.ts';
import type { CreationLedger } from '#domain/contacts/ports.ts';
import { RollcallError } from '#domain/error.ts';
import { paramNamed } from '#domain/events/event-params.ts';
import type { EventIdentifiers } from '#domain/events/event-subject.ts';
import type { ContactLine } from '#domain/files/contact-line.ts';
import { unsuitableFields } from '#domain/files/contact-line.ts';
import type { Outcome } from '#domain/imports/import-session.ts';
import type { Problem } from '#domain/problem.ts';
import { type StepAtWork, type StepOf, type StepResult, skipped } from '#domain/workflows/step-result.ts';
import { runProblem } from '#domain/workflows/workflow-run.ts';
import { identifiersOf } from '#identity/event-identifiers.ts';
import { type SaveContactPorts, type SaveContactRule, saveContact } from '../contacts/save-contact.ts';
import { storeMembershipChanges } from '../segments/change-memberships.ts';
import { type FindRunContactPorts, findRunContact } from './find-run-contact.ts';

export interface RunContactPorts extends Omit<SaveContactPorts, 'creations' | 'suppressions'>, FindRunContactPorts {
  readonly contacts: SaveContactPorts['contacts'];
  readonly creations: CreationLedger;
  /** Reads the JSON about a contact that a parameter of an event holds; `isKnown` says whether the event says whom it means (contract 7). */
  readonly readContactLine: (
    value: unknown,
    isKnown: boolean,
  ) => {
    readonly line?: ContactLine | undefined;
    readonly errors: readonly Problem[];
    readonly warnings?: readonly Problem[] | undefined;
  };
}

/**
 * Creates the contact that an event describes, or updates it if it is known, with the source CAMPAIGN and in no segment
 * (contract 7). An address or a phone of its JSON that is none is left out if something else says whom it means; if any
 * other value is invalid, nothing is written and the run ends.
 */
export const createRunContact = async (
  ports: RunContactPorts,
  at: StepAtWork<StepOf<'createContact'>>,
): Promise<StepResult> => {
  const read = await readLine(ports, at);
  return 'kind' in read ? read : toldOf(read, await createBy(read, ports, at));
};

const createBy = async (
  { line }: ReadLine,
  ports: RunContactPorts,
  at: StepAtWork<StepOf<'createContact'>>,
): Promise<StepResult> => {
  const { draft, confirmed } = line ?? { draft: {}, confirmed: true };
  const found = await findRunContact(ports, at.run);
  if (found === 'erased') return { kind: 'stop', problem: runProblem('CONTACT_ERASED') };
  if (found !== 'nobody') return update(ports, at, found.contact, { draft, confirmed });
  if (isGone(at)) return skipped(runProblem('NO_CONTACT'));
  const whole = { ...identifyingPartOf(identifiersOf(at.run.event.params, ports)), ...draft };
  if (!isIdentified(whole)) return { kind: 'stop', problem: runProblem('NO_IDENTIFIER') };
  return save(ports, at, whole, { dedupeOn: 'email_then_sms', confirmed, restoreDeleted: true, guardsDeleted: true });
};

/** Updates the contact that an event names by its line of JSON, and never creates one (contract 7). */
export const updateRunContact = async (
  ports: RunContactPorts,
  at: StepAtWork<StepOf<'updateContact'>>,
): Promise<StepResult> => {
  const read = await readLine(ports, at);
  if ('kind' in read) return read;
  const found = await findRunContact(ports, at.run);
  if (found === 'erased') return { kind: 'stop', problem: runProblem('CONTACT_ERASED') };
  if (found === 'nobody') return skipped(runProblem('NO_CONTACT'));
  const updated = await update(ports, at, found.contact, { draft: read.line?.draft ?? {}, confirmed: true });
  return toldOf(read, updated);
};

/** The contact of a run; if it is unknown, it is created from nothing but the identities in its event. */
export const ensureRunContact = async (ports: RunContactPorts, at: StepAtWork): Promise<StepResult> => {
  const found = await findRunContact(ports, at.run);
  if (found === 'erased') return { kind: 'stop', problem: runProblem('CONTACT_ERASED') };
  if (found !== 'nobody') return { kind: 'done', contactId: found.contact.id };
  if (isGone(at)) return skipped(runProblem('NO_CONTACT'));
  const draft = identifyingPartOf(identifiersOf(at.run.event.params, ports));
  if (!isIdentified(draft)) return skipped(runProblem('NO_IDENTIFIER'));
  const saved = await save(ports, at, draft, { dedupeOn: 'email_then_sms', confirmed: true, restoreDeleted: false });
  return saved.kind === 'stop' && saved.problem.code === 'CONTACT_NOT_SAVED' ? skipped(saved.problem) : saved;
};

/** The contact of the run was deleted since: a workflow restores no contact. */
const isGone = ({ run }: StepAtWork): boolean => run.contactId !== undefined;

/** The JSON about the contact in an event, if any, and which members were left out of it. */
interface ReadLine {
  readonly line?: ContactLine;
  readonly leftOut?: string;
}

/** Reads that JSON; the end of the run if it holds an invalid value. */
const readLine = async (
  ports: RunContactPorts,
  { run: { event, contactId }, step }: StepAtWork<StepOf<'createContact'> | StepOf<'updateContact'>>,
): Promise<ReadLine | Extract<StepResult, { kind: 'stop' }>> => {
  const names = step.json === undefined ? ['contactJson', 'json'] : [step.json];
  const value = names.map((name) => paramNamed(event.params, name)).find((one) => one !== undefined && one !== '');
  if (value === undefined) return {};
  const isKnown = contactId !== undefined || Object.keys(identifiersOf(event.params, ports)).length > 0;
  const { line, errors, warnings = [] } = ports.readContactLine(value, isKnown);
  if (!line) return refusal(errors);
  const ids = line.draft.fields?.map(({ id }) => id) ?? [];
  const unsuitable = ids.length > 0 ? unsuitableFields(line, await ports.fieldMemory.knowing(ids)) : [];
  if (unsuitable.length > 0) return refusal(unsuitable);
  return { line, ...(warnings.length > 0 && { leftOut: membersOf(warnings) }) };
};

const refusal = (errors: readonly Problem[]): Extract<StepResult, { kind: 'stop' }> => ({
  kind: 'stop',
  problem: runProblem('INVALID_CONTACT_JSON', membersOf(errors)),
});

/** Says which members it was, and none of their values: a run is kept, and people read it. */
const membersOf = (problems: readonly Problem[]): string =>
  [...new Set(problems.map(({ field, code }) => `${field} (${code})`))].join(', ');

/** Says in what a step came to which members were left out. */
const toldOf = ({ leftOut }: ReadLine, result: StepResult): StepResult =>
  leftOut === undefined || result.kind !== 'done' ? result : { ...result, result: { ...result.result, leftOut } };

/** A push token does not say whether it is a phone's or a browser's, so no contact is created by one. */
const identifyingPartOf = ({ contactId: _, pushToken: __, ...draft }: EventIdentifiers): ContactDraft => draft;

const isIdentified = ({ email, sms, externalCustomerId }: ContactDraft): boolean =>
  email !== undefined || sms !== undefined || externalCustomerId !== undefined;

/** What a repeat finds done already stays as it is: others may have written the contact since. */
const update = async (
  ports: RunContactPorts,
  at: StepAtWork,
  { id, createdBy, updatedBy }: Contact,
  { draft, confirmed }: ContactLine,
): Promise<StepResult> => {
  if (createdBy === at.token) return savedAs(id, 'created');
  if (updatedBy === at.token) return savedAs(id, 'updated');
  return save(ports, at, { ...draft, id }, { dedupeOn: 'path', confirmed, restoreDeleted: false });
};

const savedAs = (contactId: number, contact: Outcome): StepResult => ({
  kind: 'done',
  contactId,
  result: { contactId, contact },
});

/** Saves under the step's own token, so that a repeat finds the contact that it created and creates no second one. */
const save = async (
  ports: RunContactPorts,
  { token }: StepAtWork,
  draft: ContactDraft,
  rule: Omit<SaveContactRule, 'source'>,
): Promise<StepResult> => {
  const single = { draft, groupNames: [], groupIds: [], warnings: [] };
  try {
    const { contact, outcome, membershipChanges } = await saveContact({ ...ports, newId: () => token }, single, {
      ...rule,
      source: 'CAMPAIGN',
    });
    await storeMembershipChanges(ports.contacts, membershipChanges);
    if (contact.state === 'erased') return { kind: 'stop', problem: runProblem('CONTACT_ERASED') };
    return savedAs(contact.id, outcome);
  } catch (error) {
    return notSaved(error);
  }
};

/** The end of a run whose contact cannot be saved; an error that another attempt may avoid is thrown. */
export const notSaved = (error: unknown): StepResult => {
  if (!(error instanceof RollcallError) || !lasting.has(error.code)) throw error;
  return { kind: 'stop', problem: runProblem('CONTACT_NOT_SAVED', error.code) };
};

/** What no repetition changes. */
const lasting: ReadonlySet<string> = new Set(['NOT_FOUND', 'EXTERNAL_ID_TAKEN', 'INVALID_REQUEST']);
