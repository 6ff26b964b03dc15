import type { Ambient } from '#domain/ambient.ts';
import { type Refusals, suppressionsOf } from '#domain/contacts/consent.ts';
import type { Contact, ContactDraft, ContactSource } from '#domain/contacts/contact.ts';
import { tokenBy } from '#domain/contacts/maker.ts';
import type { MatchOn, PhoneMatches } from '#domain/contacts/match.ts';
import type { SaveRule } from '#domain/contacts/plan.ts';
import type { Proposing } from '#domain/contacts/plan-proposal.ts';
import type { CreationLedger } from '#domain/contacts/ports.ts';
import { type ErrorCode, RollcallError } from '#domain/error.ts';
import type { FieldMemory } from '#domain/fields/ports.ts';
import type { MaskMember } from '#domain/imports/import-session.ts';
import type { Problem, ProblemCode } from '#domain/problem.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { type Segment, segmentNameKey, staticOnly } from '#domain/segments/segment.ts';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import type { MembershipChanges } from '../segments/change-memberships.ts';
import { identitiesOfDrafts } from './read-view.ts';
import { type SavedRow, type SavePorts, saveContacts } from './save-contacts.ts';

export interface SaveContactPorts
  extends Omit<SavePorts, 'creations' | 'promiseCreation'>,
    Pick<Ambient, 'now' | 'newId'> {
  readonly segments: Pick<SegmentStore, 'ensure' | 'findByNames' | 'findByIds'>;
  readonly fieldMemory: FieldMemory;
  readonly phoneMatches?: PhoneMatches;
  /** For callers whose contacts may say that they are not to be written to. */
  readonly suppressions?: Pick<SuppressionStore, 'add'>;
  /** For callers that repeat a request under the same token; without it a repeat is a request of its own. */
  readonly creations?: CreationLedger;
}

/** A contact that a request is about to create, if no other request is faster. */
export interface CreationNotice {
  readonly contactId: number;
  /** The `createdBy` that it will have. */
  readonly token: string;
  /** The `createdAt` that it will have. */
  readonly createdAt: string;
  readonly segmentIds: readonly number[];
}

/** How a method saves its one contact. */
export interface SaveContactRule {
  readonly dedupeOn: MatchOn;
  readonly source: ContactSource;
  /** Whether a new e-mail address counts as confirmed. */
  readonly confirmed: boolean;
  readonly restoreDeleted: boolean;
  /** For contacts that come from strangers, who may change nobody known (see `WriteRule`). */
  readonly proposes?: Proposing;
  /** Names of the only segments that may be joined; none of them is made. Absent: any, made if missing. */
  readonly joinsOnly?: readonly string[];
  /** The members that are written, of which those without a value are cleared; absent: a plain merge. */
  readonly mask?: readonly MaskMember[];
  /** The custom fields likewise. */
  readonly customFieldIds?: readonly number[];
  /** Whether a deleted contact is restored by its owner's identities alone, and without the segments that it was in. */
  readonly guardsDeleted?: boolean;
  /** Called before a contact is created, which waits for it. */
  readonly promiseCreation?: (creation: CreationNotice) => Promise<void>;
}

/** One contact to save, and the segments that it joins, by name (made if missing) or by id (ignored if missing). */
export interface SingleContact {
  readonly draft: ContactDraft;
  readonly groupNames: readonly string[];
  readonly groupIds: readonly number[];
  /** Those of them that the person asks for, being subscription categories. */
  readonly askedForIds?: readonly number[];
  /** The API key that it came with. */
  readonly keyId?: string;
  /** What was left out of it already. */
  readonly warnings: readonly Problem[];
  /** Whether a deleted contact comes back with the segments that it was in. */
  readonly restoreDeleted?: boolean;
  /** What it says against writing to the person. */
  readonly refusals?: Refusals;
}

/** A contact that was saved. The caller makes its membership changes, beside whatever it has to publish. */
export interface SavedContact extends SavedRow {
  readonly contact: Contact;
  /** What distinguishes this request from every other. */
  readonly token: string;
  readonly membershipChanges: MembershipChanges;
}

/**
 * Saves one contact at once, on the write path of the imports.
 * @throws RollcallError if the contact cannot be saved: NOT_FOUND, EXTERNAL_ID_TAKEN or INVALID_REQUEST.
 */
export const saveContact = async (
  ports: SaveContactPorts,
  single: SingleContact,
  { promiseCreation, joinsOnly, ...given }: SaveContactRule,
): Promise<SavedContact> => {
  const token = tokenBy(ports.newId(), single.keyId);
  const now = ports.now();
  const rule = {
    ...given,
    ...(ports.phoneMatches && { phoneMatches: ports.phoneMatches }),
    dropsSegments: given.guardsDeleted === true && !single.restoreDeleted,
    token,
    now,
    leaves: [],
    ...(single.askedForIds && { askedFor: new Set(single.askedForIds) }),
  };
  const { claimsAhead, ...found } = await prepare(ports, single, { ...rule, ...(joinsOnly && { joinsOnly }) });
  const promise =
    promiseCreation &&
    ((contactId: number) =>
      promiseCreation({ contactId, token, createdAt: now, segmentIds: found.joins.map(({ id }) => id) }));
  // Anyone who said no is not there for a moment without it. A stranger says it of nobody who is known.
  if (!given.proposes) await suppress(ports, single, [single.draft.email, single.draft.sms]);
  const { contacts, pause, creations } = ports;
  const saving = { contacts, pause, ...(creations && { creations }), ...(promise && { promiseCreation: promise }) };
  const { rows, membershipChanges } = await saveContacts(saving, [single.draft], { ...rule, ...found, claimsAhead });
  const [row] = rows;
  if (!row?.contact || row.error) throw errorOf(row?.error);
  const { email, sms } = row.contact;
  if (!given.proposes || row.outcome === 'created') await suppress(ports, single, [email, sms]);
  return { ...row, contact: row.contact, warnings: [...single.warnings, ...row.warnings], token, membershipChanges };
};

const suppress = async (
  { suppressions, now }: SaveContactPorts,
  { refusals }: SingleContact,
  addresses: readonly (string | undefined)[],
): Promise<void> => {
  if (!refusals) return;
  if (!suppressions) throw new Error('A contact said no where nobody could note it');
  await suppressions.add(suppressionsOf(addresses, refusals, now()));
};

/** Reads at once whatever can be read without knowing who is meant: the segments, new custom fields and the claims. */
const prepare = async (
  ports: SaveContactPorts,
  single: SingleContact,
  { joinsOnly, ...rule }: Omit<SaveRule, 'definitions' | 'joins'> & Pick<SaveContactRule, 'joinsOnly'>,
) => {
  const { contacts, fieldMemory } = ports;
  const { draft } = single;
  const definitions = fieldMemory.recalled();
  const identities = identitiesOfDrafts([draft], { ...rule, definitions, joins: [] });
  const [known, joins, claimsAhead] = await Promise.all([
    draft.fields ? fieldMemory.knowing(draft.fields.map(({ id }) => id)) : definitions,
    segmentsToJoin(ports, single, joinsOnly),
    identities.length > 0 ? contacts.readClaims(identities) : [],
  ]);
  return { definitions: known, joins, claimsAhead };
};

const segmentsToJoin = async (
  { segments }: Pick<SaveContactPorts, 'segments'>,
  { groupNames, groupIds }: SingleContact,
  joinsOnly: readonly string[] | undefined,
): Promise<Segment[]> => {
  const allowed = joinsOnly && new Set(joinsOnly.map(segmentNameKey));
  const isAllowed = (name: string) => !allowed || allowed.has(segmentNameKey(name));
  const names = groupNames.filter(isAllowed);
  const findNamed = () => (allowed ? segments.findByNames(names) : segments.ensure(names));
  const [named, given] = await Promise.all([
    names.length > 0 ? findNamed() : [],
    groupIds.length > 0 ? segments.findByIds(groupIds) : [],
  ]);
  const joins = staticOnly([...named, ...given.filter(({ name }) => isAllowed(name))]);
  return [...new Map(joins.map((segment) => [segment.id, segment])).values()];
};

const errorCodes: Partial<Record<ProblemCode, ErrorCode>> = {
  UNKNOWN_ID: 'NOT_FOUND',
  EXTERNAL_ID_OWNED: 'EXTERNAL_ID_TAKEN',
};

const errorOf = (problem: Problem | undefined): Error =>
  problem
    ? new RollcallError(errorCodes[problem.code] ?? 'INVALID_REQUEST', problem.message)
    : new Error('The contact was left without an outcome');
