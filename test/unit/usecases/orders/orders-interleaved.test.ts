import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBreaches } from '#domain/contacts/invariants.ts';
import type { Memory } from '#test/support/memory-ports.ts';
import { submittedOrder } from '#test/support/orders/order-makers.ts';
import { playSchedule, type Writer } from '#test/support/schedules.ts';
import { sized } from '#test/support/soak.ts';
import { addOrders } from '#usecases/orders/add-orders.ts';

const writer = (name: string, orders: readonly object[]): Writer<string> => ({
  name,
  run: async (ports) => {
    await addOrders({ ...ports, newId: () => crypto.randomUUID(), currency: 'UAH' }, orders.map(submittedOrder));
    return name;
  },
});

const eventsByOrder = ({ published }: Memory): Record<string, string[]> => {
  const ids = new Map<string, Set<string>>();
  for (const { keyValue, eventId } of published) ids.set(keyValue, (ids.get(keyValue) ?? new Set()).add(eventId));
  return Object.fromEntries([...ids].map(([order, events]) => [order, [...events].sort()]));
};

/** Plays writers in random schedules, each dying and coming again at most once, and shows each ending. */
const playRandomly = (writers: readonly Writer<string>[], check: (memory: Memory, story: string) => void) =>
  fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat()), async (luck) => {
      const story: string[] = [];
      const ending = await playSchedule(
        writers,
        async () => {},
        (moves) => {
          const move = moves[(luck.next().value ?? 0) % moves.length];
          story.push(move?.label ?? '');
          return move;
        },
      );

      if (!ending) throw new Error('The schedule did not end');
      expect(ending.said).toHaveLength(writers.length);
      check(ending.memory, story.join('\n'));
    }),
    { numRuns: sized(150, 500) },
  );

const living = ({ contacts }: Memory) => [...contacts.values()].filter(({ state }) => state === 'active');

describe('orders of two requests at once, which may die and come again', () => {
  it('are stored once and told under one id where both are the same, and so are the contacts', async () => {
    const orders = [
      { externalOrderId: 'A', phone: '380942583691' },
      { externalOrderId: 'B', email: 'other@example.com' },
    ];

    await playRandomly([writer('a', orders), writer('b', orders)], (memory, story) => {
      const events = eventsByOrder(memory);
      expect(living(memory), story).toHaveLength(2);
      expect(
        [...memory.orders.values()].map(({ version }) => version),
        story,
      ).toEqual([1, 1]);
      expect([events.A?.length, events.B?.length], story).toEqual([1, 1]);
      expect(findBreaches({ claims: memory.claims.values(), contacts: memory.contacts.values() }), story).toEqual([]);
      for (const { contactId } of memory.orders.values()) expect(memory.contacts.get(contactId)?.state).toBe('active');
    });
  }, 60_000);

  it('end as one of them says, and both are told, where they say different things', async () => {
    const writers = [writer('a', [{ status: 'INITIALIZED' }]), writer('b', [{ status: 'DELIVERED' }])];

    await playRandomly(writers, (memory, story) => {
      const [order] = memory.orders.values();
      const published = new Set(memory.published.map(({ eventTypeKey }) => eventTypeKey));
      expect(memory.orders.size, story).toBe(1);
      expect(['INITIALIZED', 'DELIVERED'], story).toContain(order?.content.status);
      expect([...published].sort(), story).toEqual(['orderDELIVERED', 'orderINITIALIZED']);
      expect(living(memory), story).toHaveLength(1);
    });
  }, 60_000);

  it('are of one contact where both name it differently', async () => {
    const writers = [
      writer('a', [{ externalOrderId: 'A', phone: '380942583691' }]),
      writer('b', [{ externalOrderId: 'B', email: 'other@example.com', phone: '380942583691' }]),
    ];

    await playRandomly(writers, (memory, story) => {
      expect(living(memory), story).toHaveLength(1);
      expect(new Set([...memory.orders.values()].map(({ contactId }) => contactId)).size, story).toBe(1);
    });
  }, 60_000);
});
