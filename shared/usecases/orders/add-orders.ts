import type { Ambient } from '#domain/ambient.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import type { EventBus } from '#domain/events/ports.ts';
import { isSameOrder, orderEvent, type SubmittedOrder } from '#domain/orders/order.ts';
import type { OrderStore } from '#domain/orders/ports.ts';
import type { Problem } from '#domain/problem.ts';
import { noteOfWork, requestMinutes, type UnfinishedNotes, type WorkNote } from '#domain/unfinished.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { type OrderPlan, type PlanOrdersPorts, planOrders } from './plan-orders.ts';

export interface AddOrdersPorts extends PlanOrdersPorts, Ambient {
  readonly orders: Pick<OrderStore, 'leaseIds' | 'find' | 'write' | 'notePublished'>;
  readonly eventBus: EventBus;
  readonly unfinished: Pick<UnfinishedNotes, 'note' | 'forget'>;
}

/**
 * Adds or updates orders by their externalOrderId and links each to its contact. An unknown contact is added; a known
 * one is never changed (contract 4.18). An event is published for each order after it was written: at least once, under
 * an id that a repeat has, too, and not again for an order that says the same. What a crash leaves unpublished is noted
 * before anything is written, and a sweep publishes it. Returns why orders failed, by externalOrderId.
 * @throws RollcallError THROTTLED if other writers kept winning; the request can be repeated.
 */
export const addOrders = async (
  ports: AddOrdersPorts,
  submitted: readonly SubmittedOrder[],
): Promise<ReadonlyMap<string, Problem>> => {
  const remaining = Map.groupBy(submitted, ({ content }) => content.externalOrderId);
  const failed = new Map<string, Problem>();
  const written: OrderPlan[] = [];
  const token = ports.newId();
  let note: WorkNote | undefined;

  await retryOnConflict(ports, async () => {
    const { plans, failures } = await planOrders(ports, [...remaining.values()], token);
    for (const [externalOrderId, problem] of failures) failed.set(externalOrderId, problem);
    if (plans.some(({ order, before }) => order !== before)) {
      note ??= noteOf([...remaining.keys()], { id: token, now: ports.now() });
      await ports.unfinished.note(note);
    }
    written.push(...(await writeOrders(ports, plans)));
    const settled = [...failures.keys(), ...written.map(({ order }) => order.content.externalOrderId)];
    for (const externalOrderId of settled) remaining.delete(externalOrderId);
    return remaining.size === 0 || undefined;
  });

  const unpublished = written.filter(({ order, publishedVersion }) => publishedVersion !== order.version);
  await ports.eventBus.publish(unpublished.flatMap(eventsOf));
  await Promise.all([
    ports.orders.notePublished(unpublished.map(({ order }) => order)),
    note && ports.unfinished.forget(note),
  ]);
  return failed;
};

const noteOf = (externalOrderIds: readonly string[], about: { readonly id: string; readonly now: string }): WorkNote =>
  noteOfWork({ kind: 'orders', externalOrderIds }, { ...about, minutes: requestMinutes });

/** Writes what has changed and returns the plans that hold: those no other writer was faster at. */
const writeOrders = async ({ orders }: AddOrdersPorts, plans: readonly OrderPlan[]): Promise<OrderPlan[]> => {
  const changed = plans.filter(({ order, before }) => order !== before);
  const verdicts = await orders.write(changed.map(({ order, before }) => ({ order, ...(before && { before }) })));
  const lost = new Set(changed.filter((_, position) => !verdicts[position]));
  return plans.filter((plan) => !lost.has(plan));
};

/** An event for each state in the request, except those that say what the next one says. */
const eventsOf = ({ order, states }: OrderPlan): ContactEvent[] => {
  const different = states.filter((state, index) => {
    const next = states[index + 1];
    return next === undefined || !isSameOrder(state, next);
  });
  return different.map((state, index) => orderEvent(order, state, different.length - 1 - index));
};
