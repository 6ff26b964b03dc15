import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newAgenda } from '#simulation/agenda.ts';
import { newBucket } from '#simulation/bucket.ts';
import { randomOf } from '#simulation/random.ts';
import { rollingQuota } from '#simulation/rolling-quota.ts';
import { indexShards } from '#simulation/table/index-shards.ts';
import { onDemand } from '#simulation/table/on-demand.ts';
import { newWaiting } from '#simulation/waiting.ts';

const day = 86_400;

describe('an agenda', () => {
  it('lets things happen by their time, and at the same time as they were asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 }), (delays) => {
        const agenda = newAgenda();
        const happened: { at: number; asked: number }[] = [];
        delays.forEach((delay, asked) => {
          agenda.after(delay, () => happened.push({ at: agenda.now(), asked }));
        });

        agenda.run();

        const expected = delays.map((at, asked) => ({ at, asked })).sort((one, other) => one.at - other.at);
        expect(happened).toEqual(expected);
      }),
    );
  });
});

describe('a bucket', () => {
  it('never gives more than it held and what came since', () => {
    const takes = fc.array(fc.record({ after: fc.nat(10), amount: fc.nat(500) }), { maxLength: 100 });
    fc.assert(
      fc.property(takes, (asked) => {
        const bucket = newBucket(() => 100);
        let now = 0;
        let taken = 0;
        for (const { after, amount } of asked) {
          now += after;
          taken += bucket.takeUpTo(amount, now);
        }

        expect(taken).toBeLessThanOrEqual(100 + 100 * now);
      }),
    );
  });

  it('counts mails of any 24 hours, not of a calendar day', () => {
    const quota = rollingQuota(10);
    quota.take(10, 23 * 3600);

    expect([quota.available(25 * 3600), quota.available(23 * 3600 + day + 60)]).toEqual([0, 10]);
  });
});

describe('an on-demand table', () => {
  const busy = (untilMinutes: number) => {
    const table = onDemand({ initial: 4_000, quota: 40_000 });
    for (let second = 0; second < 60 * untilMinutes; second++) table.takeUpTo(1e9, second);
    return table.limitAt(60 * untilMinutes);
  };

  it('takes 4,000 write units a second for half an hour, and then twice its peak of half an hour ago, up to the quota', () => {
    expect(busy(30)).toBe(4_000);
    expect(busy(32)).toBeCloseTo(8_000, -3);
    expect(busy(240)).toBe(40_000);
  });

  it('does not grow where it is not used', () => {
    expect(onDemand({ initial: 4_000, quota: 40_000 }).limitAt(10 * day)).toBe(4_000);
  });
});

describe('an index', () => {
  const hotFor = (minutes: number) => {
    // It begins in one partition.
    const capacity = onDemand({ initial: 1_000, quota: 40_000 });
    const index = indexShards(capacity, 16, randomOf(1));
    const before = index.partitions();
    const [shard] = index.shards;
    for (let second = 0; second <= 60 * minutes; second++) {
      shard?.take(1_000, second);
      shard?.refuse(second);
    }
    return { before, after: index.partitions(), index };
  };

  it('splits a partition that is hot for ten minutes, if it holds more than one shard', () => {
    const brief = hotFor(9);
    const long = hotFor(11);

    expect(brief.after).toBe(brief.before);
    expect(long.after).toBe(long.before + 1);
  });

  it('never takes more than 1,000 entries a second of one shard, however often it is split', () => {
    const { index } = hotFor(600);

    expect(index.shards[0]?.available(36_060)).toBeLessThanOrEqual(1_000);
    expect(index.partitions()).toBeLessThanOrEqual(16);
  });
});

describe('what waits in a queue', () => {
  it('is neither lost nor made, and leaves in order', () => {
    const moves = fc.array(
      fc.oneof(fc.record({ put: fc.integer({ min: 1, max: 50 }) }), fc.record({ take: fc.nat(60) })),
    );
    fc.assert(
      fc.property(moves, (made) => {
        const waiting = newWaiting();
        let inside = 0;
        let since = 0;
        for (const move of made) {
          if ('put' in move) waiting.put(move.put, ++since, 0);
          inside += 'put' in move ? move.put : -waiting.take(move.take).count;
          expect(waiting.count()).toBe(inside);
        }
        const before = waiting.oldest();
        waiting.take(1);
        expect(waiting.count() === 0 || waiting.oldest() >= before).toBe(true);
      }),
    );
  });
});
