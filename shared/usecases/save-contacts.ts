import type { Contact, ContactDraft } from '#domain/contact.ts';
import { RollcallError } from '#domain/error.ts';
import type { Outcome } from '#domain/import-session.ts';
import { planRows, type RowPlan, type SaveRule } from '#domain/plan.ts';
import type { Ambient, ContactStore } from '#domain/ports.ts';
import type { Problem } from '#domain/problem.ts';
import { commitChanges } from './commit-changes.ts';
import { readView } from './read-view.ts';

export interface SavePorts extends Pick<Ambient, 'pause'> {
  readonly contacts: ContactStore;
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
  const saved = new Array<SavedRow>(drafts.length);
  const accounted = new Set<number>();
  let pending = drafts.map((draft, index) => ({ draft, index }));

  for (let round = 0; pending.length > 0; round++) {
    if (round === maxRounds) throw new RollcallError('THROTTLED', 'Other writers were faster; please try again');
    if (round > 1) await ports.pause(Math.min(10 * 2 ** round, 1000));

    const asked = pending.map(({ draft }) => draft);
    const view = { ...(await readView(ports.contacts, asked, rule)), accounted };
    const plans = planRows(asked, view, rule);
    const changes = new Set(plans.flatMap(({ change }) => (change ? [...change.after, change] : [])));
    const refused = await commitChanges(ports.contacts, [...changes], view, rule);

    const isSettled = ({ change }: RowPlan) => !change || !refused.has(change);
    pending = pending.filter(({ index }, position) => {
      const plan = plans[position];
      if (!plan || !isSettled(plan)) return true;
      saved[index] = settle(plan, accounted);
      return false;
    });
  }
  return saved;
};

const settle = ({ change, ...plan }: RowPlan, accounted: Set<number>): SavedRow => {
  if (!change) return plan;
  if (plan.outcome === 'created') accounted.add(change.contact.id);
  return { ...plan, contact: change.contact };
};
