import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunksOf, distinctBy, inParallel } from '#aws/clients/parallel.ts';
import { indexKeys, shardCount } from '#aws/table/keys.ts';

describe('work in parallel', () => {
  test('keeps its order and never exceeds its bound', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5)), fc.integer({ min: 1, max: 5 }), async (items, atOnce) => {
        let underWay = 0;
        let most = 0;

        const results = await inParallel(
          items,
          async (turns) => {
            most = Math.max(most, ++underWay);
            for (let turn = 0; turn < turns; turn++) await Promise.resolve();
            underWay -= 1;
            return turns * 2;
          },
          atOnce,
        );

        expect(results).toEqual(items.map((item) => item * 2));
        expect(most).toBeLessThanOrEqual(atOnce);
      }),
    );
  });

  test('begins nothing new after a failure, waits for what is under way, and throws the first error', async () => {
    const ended: number[] = [];

    const work = inParallel(
      [1, 2, 3, 4, 5, 6],
      async (item) => {
        if (item === 1) throw new Error('first');
        for (let turn = 0; turn < 5; turn++) await Promise.resolve();
        ended.push(item);
      },
      2,
    );

    await expect(work).rejects.toThrow('first');
    expect(ended).toEqual([2]);
  });

  test('chunks hold every item once, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 30 }), (items, size) => {
        const chunks = chunksOf(items, size);

        expect(chunks.flat()).toEqual(items);
        expect(chunks.every(({ length }) => length > 0 && length <= size)).toBe(true);
      }),
    );
  });

  test('of equal keys the first item stays', () => {
    const items = ['a1', 'b1', 'a2'];

    expect(distinctBy(items, (item) => item.charAt(0))).toEqual(['a1', 'b1']);
  });
});

test('the members of one segment spread evenly over the shards of its index', () => {
  const members = new Map<string, number>();

  for (let contactId = 1; contactId <= 16_000; contactId++) {
    const { groupKey = '' } = indexKeys.membership({ contactId, segmentId: 1, epoch: 1 });
    members.set(groupKey, (members.get(groupKey) ?? 0) + 1);
  }

  expect(members.size).toBe(shardCount);
  expect(Math.max(...members.values())).toBeLessThan(1_300);
});
