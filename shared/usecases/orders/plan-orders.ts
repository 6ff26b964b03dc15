import type { Ambient } from '#domain/ambient.ts';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import type { PhoneMatches } from '#domain/contacts/match.ts';
import type { SaveRule } from '#domain/contacts/plan.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import {
  excessOf,
  isSameOrder,
  namesAlike,
  type Order,
  type OrderContent,
  type SubmittedOrder,
} from '#domain/orders/order.ts';
import type { OrderStore, StoredOrder } from '#domain/orders/ports.ts';
import type { Problem } from '#domain/problem.ts';
import { saveContacts } from '../contacts/save-contacts.ts';
import { storeMembershipChanges } from '../segments/change-memberships.ts';

export interface PlanOrdersPorts extends Pick<Ambient, 'now' | 'pause'> {
  readonly contacts: ContactStore;
  readonly orders: Pick<OrderStore, 'leaseIds' | 'find'>;
  readonly phoneMatches?: PhoneMatches;
  /** ISO 4217; what orders are in that never said. */
  readonly currency: string;
}

/** What shall become of one order. */
export interface OrderPlan {
  /** The order as it shall be; the very one that was read if nothing changes. */
  readonly order: Order;
  /** The order as it was read. */
  readonly before?: Order;
  /** What each entry of the request made of it, the last one last. */
  readonly states: readonly OrderContent[];
  readonly publishedVersion?: number;
}

/** What is planned, and why what else there was fails, by externalOrderId. */
export interface OrderPlans {
  readonly plans: readonly OrderPlan[];
  readonly failures: ReadonlyMap<string, Problem>;
}

/**
 * Reads the orders that exist, finds or adds the contacts of new ones, and plans what to write: all entries about one
 * order in their sequence, each leaving what it does not say as it was. The groups are not empty, each of one
 * externalOrderId.
 */
export const planOrders = async (
  ports: PlanOrdersPorts,
  groups: readonly (readonly SubmittedOrder[])[],
  token: string,
): Promise<OrderPlans> => {
  const stored = await ports.orders.find(groups.flatMap(([first]) => first?.content.externalOrderId ?? []));
  const storedOf = new Map(stored.map((one) => [one.order.content.externalOrderId, one]));
  const failures = new Map<string, Problem>();
  const folded = groups
    .flatMap((group) => foldGroup(group, storedOf, ports.currency))
    .filter(({ content }) => {
      const excess = excessOf(content);
      if (excess) failures.set(content.externalOrderId, excess);
      return !excess;
    });
  const now = ports.now();
  const contactIds = await linkContacts(ports, folded, { token, now }, failures);

  const linked = folded.flatMap((fold) => {
    const contactId = contactIds.get(fold) ?? fold.stored?.order.contactId;
    const isFailed = failures.has(fold.content.externalOrderId);
    return contactId === undefined || isFailed ? [] : [{ fold, contactId }];
  });
  const ids = await ports.orders.leaseIds(linked.filter(({ fold }) => !fold.stored).length);
  const plans = linked.map(({ fold, contactId }) => planOf(fold, { contactId, ids, now, token }));
  return { plans, failures };
};

const planOf = (
  { stored, states, content }: Fold,
  { contactId, ids, now, token }: { contactId: number; ids: number[]; now: string; token: string },
): OrderPlan => {
  const before = stored?.order;
  const isSame = before?.contactId === contactId && isSameOrder(before.content, content);
  const id = before?.id ?? ids.shift();
  if (id === undefined) throw new Error('Fewer ids were leased than asked for');
  const [version, createdAt] = [(before?.version ?? 0) + 1, before?.createdAt ?? now];
  return {
    order: isSame ? before : { id, contactId, content, version, createdAt, updatedAt: now, updatedBy: token },
    states,
    ...(before && { before }),
    ...(stored?.publishedVersion !== undefined && { publishedVersion: stored.publishedVersion }),
  };
};

/** All that a request says about one order, laid over what is stored of it. */
interface Fold {
  readonly stored?: StoredOrder;
  readonly states: readonly OrderContent[];
  readonly content: OrderContent;
  readonly draft: ContactDraft;
}

const foldGroup = (
  group: readonly SubmittedOrder[],
  storedOf: ReadonlyMap<string, StoredOrder>,
  currency: string,
): Fold[] => {
  const states: OrderContent[] = [];
  let draft: ContactDraft = {};
  const [first] = group;
  const stored = first && storedOf.get(first.content.externalOrderId);
  for (const said of group) {
    states.push({ currency, ...(states.at(-1) ?? stored?.order.content), ...said.content });
    draft = { ...draft, ...said.draft };
  }
  const content = states.at(-1);
  return content ? [{ ...(stored && { stored }), states, content, draft: { ...draft, ...identityOf(content) } }] : [];
};

const identityOf = ({ externalCustomerId, email, phone }: OrderContent): ContactDraft => ({
  ...(externalCustomerId !== undefined && { externalCustomerId }),
  ...(email !== undefined && { email }),
  ...(phone !== undefined && { sms: phone }),
});

/** Contacts of orders are found as contract 4.18 says, and stay as they are; an added one is confirmed. */
const contactRule: Omit<SaveRule, 'token' | 'now'> = {
  dedupeOn: 'order',
  source: 'ORDER',
  confirmed: true,
  restoreDeleted: true,
  guardsDeleted: true,
  dropsSegments: true,
  keepsKnown: true,
  definitions: new Map(),
  joins: [],
  leaves: [],
};

/** Finds or adds the contact of every order that has none yet, or names another than before; returns what fails. */
const linkContacts = async (
  { contacts, pause, phoneMatches = 'always' }: PlanOrdersPorts,
  folds: readonly Fold[],
  by: Pick<SaveRule, 'token' | 'now'>,
  failures: Map<string, Problem>,
): Promise<Map<Fold, number>> => {
  const unlinked = folds.filter(({ stored, content }) => !stored || !namesAlike(stored.order.content, content));
  const drafts = unlinked.map(({ draft }) => draft);
  const rule = { ...contactRule, ...by, phoneMatches };
  const { rows, membershipChanges } = await saveContacts({ contacts, pause }, drafts, rule);
  await storeMembershipChanges(contacts, membershipChanges);
  const contactIds = new Map<Fold, number>();
  unlinked.forEach((fold, position) => {
    const { contact, error } = rows[position] ?? {};
    if (error) failures.set(fold.content.externalOrderId, error);
    else if (contact) contactIds.set(fold, contact.id);
  });
  return contactIds;
};
