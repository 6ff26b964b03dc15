import { expect, it } from 'vitest';
import { strainOf } from '../../../cli/strain-of.ts';

it.each([
  ['', {}],
  ['hotPartitions', { hotPartitions: true }],
  [
    ' transactionConflicts , newMailAccount,newAccount',
    { transactionConflicts: true, newMailAccount: true, newAccount: true },
  ],
])('reads STRAIN=%s', (text, strain) => {
  expect(strainOf(text)).toEqual(strain);
});

it('refuses a strain that it does not know, and says which there are', () => {
  expect(() => strainOf('hotPartitions,slow')).toThrow(
    /STRAIN names slow: .*hotPartitions, transactionConflicts, newM/,
  );
});
