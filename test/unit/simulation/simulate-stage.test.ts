import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Question, simulateStage } from '#simulation/simulate-stage.ts';
import { simulated, simulatedStage } from '#test/support/simulation/makers.ts';

const importing = (rows: number): Question => ({ kind: 'import', rows, areNew: true });

describe('a simulated import', () => {
  it('imports each row once and logs each event once, whatever the quotas and chances', () => {
    const setups = fc.record({
      rows: fc.integer({ min: 1, max: 30_000 }),
      seed: fc.nat(1_000),
      accountConcurrency: fc.integer({ min: 2, max: 40 }),
      putEvents: fc.integer({ min: 30, max: 500 }),
    });
    fc.assert(
      fc.property(setups, ({ rows, seed, accountConcurrency, putEvents }) => {
        const { meters, givenUp } = simulateStage(
          importing(rows),
          simulated({ seed, quotas: { accountConcurrency, putEvents } }),
        );

        expect(meters.done + 250 * (givenUp.chunks ?? 0)).toBeGreaterThanOrEqual(rows);
        expect(meters.done).toBeLessThanOrEqual(rows);
        if (meters.failedRuns === 0) expect(meters.events).toBe(250 * Math.ceil(rows / 250));
      }),
      { numRuns: 20 },
    );
  });

  it('takes the same course with the same seed, and another one with another', () => {
    const [one, same, other] = [1, 1, 2].map((seed) => simulateStage(importing(100_000), simulated({ seed })));

    expect(same).toEqual(one);
    expect(other?.moments).not.toEqual(one?.moments);
  });

  it('is as fast as the new table takes its units, and faster on a table that is warm', () => {
    const cold = simulateStage(importing(200_000), simulated());
    const warm = simulateStage(importing(200_000), simulated({ stage: simulatedStage({ tableWrites: 40_000 }) }));

    const tablePerContact = 6;
    expect(200_000 / cold.seconds).toBeLessThan(4_000 / tablePerContact + 50);
    expect(cold.meters.refusedWrites).toBeGreaterThan(0);
    expect(warm.seconds).toBeLessThan(cold.seconds / 2);
  });

  it('comes to about the same if it is simulated in larger pieces', () => {
    const fine = simulateStage(importing(1_000_000), { ...simulated(), coarseness: 1 });
    const coarse = simulateStage(importing(1_000_000), { ...simulated(), coarseness: 8 });

    expect(Math.abs(coarse.seconds / fine.seconds - 1)).toBeLessThan(0.05);
    expect(coarse.meters.done).toBe(1_000_000);
  });
});

describe('a simulated message to a segment', () => {
  it('reaches every member once', () => {
    const { meters } = simulateStage({ kind: 'message', members: 1_010 }, simulated());

    expect([meters.done, meters.mails]).toEqual([1_010, 1_010]);
  });

  it('stops at the quota of 24 hours, as its step is given up before they are over', () => {
    const { meters, givenUp } = simulateStage(
      { kind: 'message', members: 3_000 },
      simulated({ quotas: { mailsPerDay: 1_000 } }),
    );

    expect([meters.done, givenUp['segment-messages']]).toEqual([1_000, 1]);
  });
});

describe('simulated subscribers', () => {
  it('are all taken if the account has room, and refused in part if it has little', () => {
    const crowd: Question = { kind: 'subscribe', perSecond: 100, seconds: 120 };
    const roomy = simulateStage(crowd, simulated());
    const tight = simulateStage(crowd, simulated({ quotas: { accountConcurrency: 4 } }));

    expect([roomy.meters.refusedInvocations, roomy.meters.events]).toEqual([0, roomy.meters.done]);
    expect(tight.meters.refusedInvocations).toBeGreaterThan(0);
  });
});
