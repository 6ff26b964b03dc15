import type { Ambient } from '#domain/ambient.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import type { EventBus } from '#domain/events/ports.ts';
import { isSameOrder, orderEvent, type SubmittedOrder } from '#domain/orders/order.ts';
import type { OrderStore } from '#domain/orders/ports.ts';
import type { Problem } from '#domain/problem.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { type OrderPlan, type PlanOrdersPorts, planOrders } from './plan-orders.ts';

export interface AddOrdersPorts extends PlanOrdersPorts, Ambient {
  readonly orders: Pick<OrderStore, 'leaseIds' | 'find' | 'write' | 'notePublished'>;
  readonly eventBus: EventBus;
}

/**
 * Adds or updates orders by their externalOrderId and links each to its contact. An unknown contact is added; a known
 * one is never changed (contract 4.18). An event is published for each order after it was written: at least once, under
 * an id that a repeat has, too, and not again for an order that says the same. Returns why orders failed, by
 * externalOrderId.
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

  await retryOnConflict(ports, async () => {
    const { plans, failures } = await planOrders(ports, [...remaining.values()], token);
    for (const [externalOrderId, problem] of failures) failed.set(externalOrderId, problem);
    written.push(...(await writeOrders(ports, plans)));
    const settled = [...failures.keys(), ...written.map(({ order }) => order.content.externalOrderId)];
    for (const externalOrderId of settled) remaining.delete(externalOrderId);
    return remaining.size === 0 || undefined;
  });

  const unpublished = written.filter(({ order, publishedVersion }) => publishedVersion !== order.version);
  await ports.eventBus.publish(unpublished.flatMap(eventsOf));
  await ports.orders.notePublished(unpublished.map(({ order }) => order));
  return failed;
};

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
