import type { Contact, ContactDraft } from '#domain/contact.ts';
import { RollcallError } from '#domain/error.ts';
import type { Outcome } from '#domain/import-session.ts';
import { dedupeValueOf } from '#domain/match.ts';
import { planRows, type RowPlan, type SaveRule } from '#domain/plan.ts';
import type { Ambient, BirthLedger, ContactStore } from '#domain/ports.ts';
import type { Problem } from '#domain/problem.ts';
import type { Change } from '#domain/working-state.ts';
import { commitChanges } from './commit-changes.ts';
import { readView } from './read-view.ts';

export interface SavePorts extends Pick<Ambient, 'pause'> {
  readonly contacts: ContactStore;
  /** For requests that may be delivered twice; without it a repeat is a request of its own. */
  readonly births?: BirthLedger;
}

/** What became of one draft. */
export interface SavedRow {
  readonly outcome: Outcome;
  readonly dedupeValue: string;
  /** The contact as it is now; absent where nothing was matched or born. */
  readonly contact?: Contact;
  readonly error?: Problem;
  readonly warnings: readonly Problem[];
}

/** How often a row that lost to other writers is planned again before its whole request is. */
const maxRounds = 30;

/**
 * The one write path: reads whom the drafts mean, plans in memory, commits, and plans again whatever another writer
 * was faster at. Each draft ends in exactly one outcome, in order. Running it again with the same `token` is harmless
 * and tells the same births.
 * @throws RollcallError THROTTLED where other writers kept winning; nothing is lost, the request can be repeated.
 */
export const saveContacts = async (
  ports: SavePorts,
  drafts: readonly ContactDraft[],
  rule: SaveRule,
): Promise<SavedRow[]> => {
  const saved = await repeatedBirths(ports, drafts, rule);
  let pending = [...drafts.keys()].filter((row) => !saved.has(row));

  for (let round = 0; pending.length > 0; round++) {
    if (round === maxRounds) throw new RollcallError('THROTTLED', 'Other writers were faster; please try again');
    if (round > 1) await ports.pause(Math.min(10 * 2 ** round, 1000));
    for (const [row, outcome] of await saveOnce(ports, drafts, pending, rule)) saved.set(row, outcome);
    pending = pending.filter((row) => !saved.has(row));
  }
  return [...drafts.keys()].flatMap((row) => saved.get(row) ?? []);
};

/** One round: the outcomes of the rows whose changes were committed, or that needed none. */
const saveOnce = async (ports: SavePorts, drafts: readonly ContactDraft[], rows: readonly number[], rule: SaveRule) => {
  const asked = rows.flatMap((row) => drafts[row] ?? []);
  const view = await readView(ports.contacts, asked, rule);
  const plans = planRows(asked, view, rule);
  const rowsOf = Map.groupBy(rows, (_, position) => plans[position]?.change);
  const noteBirths = async (births: readonly Change[]) =>
    ports.births?.note(
      rule.token,
      births.map((birth) => ({ contactId: birth.contact.id, rows: rowsOf.get(birth) ?? [] })),
    );

  const changes = new Set(plans.flatMap((plan) => (plan?.change ? [...plan.change.after, plan.change] : [])));
  const refused = await commitChanges({ contacts: ports.contacts, noteBirths }, [...changes], view, rule);
  return plans.flatMap((plan, position): [number, SavedRow][] => {
    const row = rows[position];
    if (row === undefined || !plan || (plan.change && refused.has(plan.change))) return [];
    return [[row, settled(plan)]];
  });
};

const settled = ({ change, ...plan }: RowPlan): SavedRow => (change ? { ...plan, contact: change.contact } : plan);

/**
 * The rows that a delivery before this one saved by bearing a contact: they are told again and not merged again, as
 * others may have written the contact since.
 */
const repeatedBirths = async (ports: SavePorts, drafts: readonly ContactDraft[], rule: SaveRule) => {
  const saved = new Map<number, SavedRow>();
  const noted = (await ports.births?.recall(rule.token)) ?? [];
  if (noted.length === 0) return saved;

  const { contacts } = await ports.contacts.readContacts(
    noted.map(({ contactId }) => contactId),
    [],
  );
  const own = contacts.filter(({ createdBy }) => createdBy === rule.token);
  const add = own.flatMap(({ id }) => rule.joins.map((segmentId) => ({ contactId: id, segmentId })));
  await ports.contacts.changeMemberships({ add, remove: [] });
  for (const contact of own) {
    const [first, ...others] = noted.find(({ contactId }) => contactId === contact.id)?.rows ?? [];
    const tell = (row: number, outcome: Outcome) =>
      saved.set(row, { outcome, contact, dedupeValue: dedupeValueOf(drafts[row] ?? {}, rule), warnings: [] });
    if (first !== undefined) tell(first, 'created');
    for (const row of others) tell(row, 'updated');
  }
  return saved;
};
