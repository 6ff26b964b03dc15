import { expect, inject, test } from 'vitest';
import { isKept } from '../../../bench/figure.ts';
import { measureCost } from '../../../bench/measure-cost.ts';

const silent = { step: () => {}, at: () => {}, end: () => {} };

/** Enough that what an import writes once counts for little. */
const contacts = 500;

test('a new contact, its event and a repetition cost no more write units, events and requests than their bounds', async () => {
  const { template, stackName, folders, compiled } = inject('stack');
  const folderOf = (key: string) => folders[key] ?? '';

  const figures = await measureCost(silent, {
    contacts,
    stack: { source: { template: JSON.parse(template), stackName, folderOf, compiled } },
  });

  expect(figures.filter(({ bound }) => bound).map(({ what }) => what)).toEqual([
    'write units a new contact, bulk',
    '… beside these, the event log, an event',
    'events a new contact',
    'DynamoDB requests a new contact, bulk',
    'write units an unchanged contact',
    'events an unchanged contact',
  ]);
  expect(figures.filter((figure) => isKept(figure) === false)).toEqual([]);
}, 120_000);
