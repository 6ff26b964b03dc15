import type { Ambient } from '#domain/ambient.ts';
import type { Contact, ContactDraft } from '#domain/contacts/contact.ts';
import { dedupeValueOf } from '#domain/contacts/match.ts';
import { planRows, type RowPlan } from '#domain/contacts/plan.ts';
import type { ContactStore, CreationLedger } from '#domain/contacts/ports.ts';
import { type Change, joinsOf, type SaveView, wasCreated } from '#domain/contacts/working-state.ts';
import { RollcallError } from '#domain/error.ts';
import type { Outcome } from '#domain/imports/import-session.ts';
import type { Problem } from '#domain/problem.ts';
import { isLeaving, shownMemberships } from '#domain/segments/leaving.ts';
import type { Membership } from '#domain/segments/ports.ts';
import type { Segment } from '#domain/segments/segment.ts';
import type { Proposal } from '#domain/subscriptions/proposal.ts';
import type { MembershipChange, MembershipChanges } from '../segments/change-memberships.ts';
import { commitChanges } from './commit-changes.ts';
import { readView, type ViewRule } from './read-view.ts';

export interface SavePorts extends Pick<Ambient, 'pause'> {
  readonly contacts: ContactStore;
  /** For requests that may be delivered twice; without it a repeat is a request of its own. */
  readonly creations?: CreationLedger;
  /** Called with contacts as they are read and as they shall be, before any of them is written, and with what was read. */
  readonly noteFormer?: (changes: readonly FormerChange[], view: SaveView) => Promise<void>;
  /** Whatever has to outlive this request is written down here before a contact is created. */
  readonly promiseCreation?: (contactId: number) => Promise<void>;
}

/** A known contact that is about to be written, and the drafts that mean it, counted from 0. */
export interface FormerChange {
  readonly change: Change;
  readonly rows: readonly number[];
}

/** What became of one draft. */
export interface SavedRow {
  readonly outcome: Outcome;
  readonly dedupeValue: string;
  /** The contact as it is now; absent if nothing was matched or created. */
  readonly contact?: Contact;
  /** The contact as it was before this request; absent for a creation. */
  readonly before?: Contact;
  readonly error?: Problem;
  readonly warnings: readonly Problem[];
  /** What the draft would change beside that, if its rule only proposes. */
  readonly proposal?: Proposal;
}

/** What a request came to. The caller makes the membership changes, beside whatever it has to publish. */
export interface SavedContacts {
  /** One for each draft, in order. */
  readonly rows: readonly SavedRow[];
  readonly membershipChanges: MembershipChanges;
}

/** How often a row that lost to other writers is planned again before its whole request is. */
const maxRounds = 30;

/**
 * The one write path: reads the contacts that the drafts may mean, plans in memory, commits, and plans again whatever
 * another writer was faster at. Each draft ends in exactly one outcome, in order. Running it again with the same
 * `token` is harmless and returns the same creations.
 * @throws RollcallError THROTTLED if other writers kept winning; nothing is lost, the request can be repeated.
 */
export const saveContacts = async (
  ports: SavePorts,
  drafts: readonly ContactDraft[],
  { claimsAhead = [], ...rule }: ViewRule,
): Promise<SavedContacts> => {
  const state: SavingState = { saved: new Map(), add: [], remove: [] };
  await publishRepeatedCreations(ports, drafts, rule, state);
  for (let round = 0; state.saved.size < drafts.length; round++) {
    if (round === maxRounds) throw new RollcallError('THROTTLED', 'Other writers were faster; please try again');
    if (round > 1) await ports.pause(Math.min(10 * 2 ** round, 1000));
    await saveOnce(ports, drafts, round === 0 ? { ...rule, claimsAhead } : rule, state);
  }
  const rows = [...drafts.keys()].flatMap((row) => state.saved.get(row) ?? []);
  const show = rule.dropsSegments ? [] : await hiddenMemberships(ports.contacts, rows, rule);
  return { rows, membershipChanges: { add: state.add, remove: state.remove, show } };
};

/**
 * The hidden memberships of contacts that were restored, as they would be shown. Perhaps a delivery before this one
 * restored them and died; if its repeat has a token of its own, nothing but the memberships tells.
 */
const hiddenMemberships = async (
  contacts: ContactStore,
  rows: readonly SavedRow[],
  { token, guardsDeleted }: ViewRule,
): Promise<Membership[]> => {
  const restored = rows.flatMap(({ contact, before }) => {
    const isRestored = before?.state === 'deleted' || before?.updatedBy === token;
    return (isRestored || (before && guardsDeleted)) && contact?.state === 'active' ? contact.id : [];
  });
  if (restored.length === 0) return [];
  return shownMemberships(await contacts.readMemberships([...new Set(restored)]));
};

/** What is settled so far. */
interface SavingState {
  readonly saved: Map<number, SavedRow>;
  readonly add: MembershipChange[];
  readonly remove: MembershipChange[];
}

/** One round: settles the rows whose changes were committed, or that needed none. */
const saveOnce = async (ports: SavePorts, drafts: readonly ContactDraft[], rule: ViewRule, state: SavingState) => {
  const rows = [...drafts.keys()].filter((row) => !state.saved.has(row));
  const asked = rows.flatMap((row) => drafts[row] ?? []);
  const view = await readView(ports.contacts, asked, rule);
  const plans = planRows(asked, view, rule);
  const rowsOf = Map.groupBy(rows, (_, position) => plans[position]?.change);
  const noteCreations = async (creations: readonly Change[]) =>
    ports.creations?.note(
      rule.token,
      creations.map((creation) => ({ contactId: creation.contact.id, rows: rowsOf.get(creation) ?? [] })),
    );
  const promiseCreations = async (creations: readonly Change[]) => {
    await Promise.all(creations.map(({ contact }) => ports.promiseCreation?.(contact.id)));
  };

  const changes = new Set(plans.flatMap((plan) => (plan?.change ? [...plan.change.after, plan.change] : [])));
  await ports.noteFormer?.(
    [...changes].flatMap((change) => (change.base ? { change, rows: rowsOf.get(change) ?? [] } : [])),
    view,
  );
  if (rule.dropsSegments) await dropMemberships(ports.contacts, [...changes], rule);
  const refused = await commitChanges(
    { contacts: ports.contacts, noteCreations, promiseCreations },
    [...changes],
    view,
    rule,
  );
  for (const change of changes) {
    if (refused.has(change)) continue;
    state.add.push(...membershipChangesOf(change, change.join).map((one) => joining(one, change, rule)));
    state.remove.push(...membershipChangesOf(change, change.leave));
  }
  plans.forEach((plan, position) => {
    const row = rows[position];
    if (row !== undefined && plan && !(plan.change && refused.has(plan.change))) state.saved.set(row, settled(plan));
  });
};

/**
 * Removes the memberships of contacts that are about to be restored without them, whether their deletion came to hide
 * them or not. It comes first, as a repeat of a request that died after it restored a contact finds nobody to restore.
 */
const dropMemberships = async (contacts: ContactStore, changes: readonly Change[], { joins }: ViewRule) => {
  const restored = changes.filter(({ base, contact }) => base?.state === 'deleted' && contact.state === 'active');
  if (restored.length === 0) return;
  const memberships = await contacts.readMemberships(restored.map(({ contact }) => contact.id));
  const joined = new Set(joins.map(({ id, epoch }) => `${id}#${epoch}`));
  const remove = memberships.filter((one) => !isLeaving(one) && !joined.has(`${one.segmentId}#${one.epoch}`));
  if (remove.length > 0) await contacts.changeMemberships({ add: [], remove });
};

const membershipChangesOf = ({ contact }: Change, segments: readonly Segment[]): MembershipChange[] =>
  segments.map((segment) => ({ contactId: contact.id, segment }));

const joining = (one: MembershipChange, { base }: Change, { askedFor }: ViewRule): MembershipChange => ({
  ...one,
  ...(base === undefined && { isNew: true }),
  ...(askedFor?.has(one.segment.id) && { isAskedFor: true }),
});

const settled = ({ change, ...plan }: RowPlan): SavedRow =>
  change ? { ...plan, contact: change.contact, ...(change.base && { before: change.base }) } : plan;

/**
 * Settles the rows for which a delivery before this one created a contact: their creation is published again, and they
 * are not merged again, because others may have written the contact since.
 */
const publishRepeatedCreations = async (
  ports: SavePorts,
  drafts: readonly ContactDraft[],
  rule: ViewRule,
  state: SavingState,
) => {
  const noted = (await ports.creations?.recall(rule.token)) ?? [];
  if (noted.length === 0) return;
  const { contacts } = await ports.contacts.readContacts(
    noted.map(({ contactId }) => contactId),
    [],
  );
  // Its own tombstone may be under an id that it noted and then left to another writer.
  for (const contact of contacts.filter((one) => one.createdBy === rule.token && wasCreated(one))) {
    // It was created and has been erased since: it must not be created again, and there is nothing to publish about it.
    const isErased = contact.state === 'erased';
    const rows = noted.filter(({ contactId }) => contactId === contact.id).flatMap((creation) => creation.rows);
    const joins = new Set<Segment>();
    [...new Set(rows)].forEach((row, position) => {
      const outcome = position === 0 ? 'created' : 'updated';
      const dedupeValue = isErased ? '' : dedupeValueOf(drafts[row] ?? {}, rule);
      state.saved.set(row, { outcome, contact, dedupeValue, warnings: [] });
      for (const segment of joinsOf(drafts[row] ?? {}, rule)) joins.add(segment);
    });
    if (isErased) continue;
    state.add.push(...[...joins].map((segment) => ({ contactId: contact.id, segment })));
  }
};
