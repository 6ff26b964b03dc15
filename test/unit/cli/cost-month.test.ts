import { describe, expect, test } from 'vitest';
import { decidingLines, monthTable } from '../../../cli/cost/cost-report.ts';
import type { MeasuredWork } from '../../../cli/cost/measured-work.ts';
import { firstImport, linesOf, monthOf, quantitiesOf, totalOf } from '../../../cli/cost/month.ts';
import { noUse } from '../../../cli/cost/use.ts';

const gigabyte = 1024 ** 3;

const work: MeasuredWork = {
  measuredOn: '2026-01-01',
  each: {
    newContact: { ...noUse, tableWrites: 10, events: 1 },
    unchangedContact: { ...noUse, tableReads: 4 },
    changedContact: { ...noUse, tableReads: 4, tableWrites: 2, objectBytes: gigabyte / 1000 },
    subscriber: { ...noUse, tableWrites: 8, apiRequests: 1, mails: 1 },
    message: { ...noUse, tableWrites: 5, mails: 1, logBytes: gigabyte / 1000 },
  },
  writesOfEvent: 4,
  storedBytes: { contact: gigabyte / 1000, event: gigabyte / 1000, message: gigabyte / 1000 },
};
const retention = { eventRetentionDays: 60, messageRetentionDays: 15, importRetentionDays: 90, logRetentionDays: 30 };
const workload = { contacts: 1000, imports: 10, changedPercent: 10, subscribes: 500, mails: 2000 };
const month = monthOf(workload, work, { retention, idle: { polls: 5, alarms: 3 } });

describe('a month', () => {
  test('uses what its rows, its subscribers and its e-mails use, and what is charged without any', () => {
    expect(month.imports).toMatchObject({ tableWrites: 1000 * 2, tableReads: 10_000 * 4, mails: 0 });
    expect(month.subscribes).toMatchObject({ tableWrites: 500 * 8, mails: 500, apiRequests: 500 });
    expect(month.mails).toMatchObject({ tableWrites: 2000 * 5, mails: 2000 });
    expect(month.idle).toEqual({ polls: 5, alarms: 3 });
  });

  test('keeps contacts for ever, and all else as long as the settings of the stage say', () => {
    const table = (1.5 + 0.5 * 2 + 2 * 0.5) * gigabyte;

    expect(month.keeping.tableStorage).toBeCloseTo(table);
    expect(month.keeping.recovery).toBeCloseTo(table);
    expect(month.keeping.objectStorage).toBeCloseTo(3 * gigabyte);
    expect(month.keeping.logStorage).toBeCloseTo(2 * gigabyte);
  });

  test('is added up by the list prices of its region', () => {
    const charged = linesOf({ tableWrites: 2_000_000, recovery: 3 * gigabyte, alarms: 33, events: 0 }, 'eu-central-1');

    expect(charged.map(({ charge }) => charge)).toEqual(['tableWrites', 'recovery', 'alarms']);
    expect(totalOf(charged)).toBeCloseTo(2 * 0.7625 + 3 * 0.2448 + 33 * 0.1);
  });

  test('is shown with a line for each charge that there is, and names what decides it', () => {
    const table = monthTable(month, 'us-east-1').split('\n');

    expect(table.filter((line) => line.includes('alarms'))).toEqual([
      expect.stringMatching(/^\| alarms +\|( +\|)+ +0\.30 \| +0\.30 \|$/),
    ]);
    expect(table.some((line) => line.includes('dashboards'))).toBe(false);
    expect(decidingLines(month, 'us-east-1')[0]).toMatch(/^\d+ %: writing logs \(e-mails\), 2 GB for 1\.00 dollars$/);
  });
});

test('a first import uses what each new contact does, once', () => {
  expect(firstImport(work, 1_000_000)).toMatchObject({ tableWrites: 10_000_000, events: 1_000_000 });
});

test('of requests that come more than once a second, one in twenty is traced', () => {
  const secondsOfMonth = 30 * 24 * 3600;

  expect(quantitiesOf({ ...noUse, apiRequests: 1000 }).traces).toBe(1000);
  expect(quantitiesOf({ ...noUse, apiRequests: secondsOfMonth + 100 }).traces).toBe(secondsOfMonth + 5);
});
