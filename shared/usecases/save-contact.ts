import type { Contact, ContactDraft, ContactSource } from '#domain/contact.ts';
import { type ErrorCode, RollcallError } from '#domain/error.ts';
import type { MatchOn } from '#domain/match.ts';
import type { Ambient, FieldStore, Membership, SegmentStore } from '#domain/ports.ts';
import type { Problem, ProblemCode } from '#domain/problem.ts';
import { type SavedRow, type SavePorts, saveContacts } from './save-contacts.ts';

export interface SaveContactPorts extends SavePorts, Pick<Ambient, 'now' | 'newId'> {
  readonly segments: Pick<SegmentStore, 'ensure' | 'findByIds'>;
  readonly fields: Pick<FieldStore, 'list'>;
}

/** How a method saves its one contact. */
export interface SaveContactRule {
  readonly dedupeOn: MatchOn;
  readonly source: ContactSource;
  /** Whether a new e-mail address counts as confirmed. */
  readonly confirmed: boolean;
  readonly restoreDeleted: boolean;
}

/** One contact to save, and the segments that it joins, by name (made where missing) or by id (ignored where missing). */
export interface SingleContact {
  readonly draft: ContactDraft;
  readonly groupNames: readonly string[];
  readonly groupIds: readonly number[];
}

/** A contact that was saved. Its memberships are for the caller to change, beside whatever it has to publish. */
export interface SavedContact extends SavedRow {
  readonly contact: Contact;
  /** What told this request from every other. */
  readonly token: string;
  readonly memberships: { readonly add: readonly Membership[]; readonly remove: readonly Membership[] };
}

/**
 * Saves one contact at once, on the write path of the imports.
 * @throws RollcallError where the contact cannot be saved: NOT_FOUND, EXTERNAL_ID_TAKEN or INVALID_REQUEST.
 */
export const saveContact = async (
  ports: SaveContactPorts,
  { draft, groupNames, groupIds }: SingleContact,
  rule: SaveContactRule,
): Promise<SavedContact> => {
  const [definitions, named, given] = await Promise.all([
    draft.fields ? ports.fields.list() : [],
    groupNames.length > 0 ? ports.segments.ensure(groupNames) : [],
    groupIds.length > 0 ? ports.segments.findByIds(groupIds) : [],
  ]);
  const segments = [...named, ...given].filter(({ type }) => type === 'Static');
  const token = ports.newId();
  const { rows, memberships } = await saveContacts(ports, [draft], {
    ...rule,
    token,
    now: ports.now(),
    definitions: new Map(definitions.map((field) => [field.id, field])),
    joins: [...new Set(segments.map(({ id }) => id))],
    leaves: [],
  });
  const [row] = rows;
  if (!row?.contact || row.error) throw errorOf(row?.error);
  return { ...row, contact: row.contact, token, memberships };
};

const errorCodes: Partial<Record<ProblemCode, ErrorCode>> = {
  UNKNOWN_ID: 'NOT_FOUND',
  EXTERNAL_ID_OWNED: 'EXTERNAL_ID_TAKEN',
};

const errorOf = (problem: Problem | undefined): Error =>
  problem
    ? new RollcallError(errorCodes[problem.code] ?? 'INVALID_REQUEST', problem.message)
    : new Error('The contact was left without an outcome');
