import { describe, expect, test } from 'vitest';
import {
  mergedSuppression,
  type Suppression,
  stoppedBy,
  withoutImport,
  withoutStop,
} from '#domain/subscriptions/suppression.ts';

const address = '380942583691';
const stop: Suppression = { ...stoppedBy(address), since: '2026-01-02' };
const later = '2026-01-03';
const others: readonly (readonly [string, Omit<Suppression, 'address'>])[] = [
  ['an unsubscription', { reason: 'unsubscribed', since: '2026-01-01' }],
  ['a complaint', { reason: 'spam', since: '2026-01-01' }],
  ['a blacklisting', { reason: 'blacklisted', since: '2026-01-01' }],
  ['what an import brought in', { reason: 'blacklisted', since: '2026-01-01', importedBy: ['one'] }],
  [
    'a STOP that an import brought in',
    { reason: 'blacklisted', cause: 'stopped', since: '2026-01-01', importedBy: ['one'] },
  ],
];

describe('a START', () => {
  test.each(others)('leaves %s that was known before the STOP', (_, before) => {
    const stopped = mergedSuppression({ ...before, address }, stop);

    expect(stopped).toMatchObject({ reason: 'blacklisted', cause: 'stopped', since: stop.since });
    expect(stopped && withoutStop(stopped, later)).toEqual({ ...before, address });
  });

  test.each(others)('leaves %s that came after the STOP', (_, after) => {
    const stopped = mergedSuppression(stop, { ...after, address });

    expect(stopped && withoutStop(stopped, later)).toEqual({ ...after, address });
  });

  test('takes back a STOP that came before it, and nothing else', () => {
    expect(withoutStop(stop, later)).toBe('none');
    expect(withoutStop(stop, '2026-01-01')).toBeUndefined();
    for (const [, other] of others) expect(withoutStop({ ...other, address }, later)).toBeUndefined();
  });
});

test('a STOP that comes twice changes nothing, and undoing an import leaves it', () => {
  const imported: Suppression = { reason: 'unsubscribed', since: '2026-01-01', importedBy: ['one'], address };
  const stopped = mergedSuppression(imported, stop);

  expect(mergedSuppression(stop, { ...stop, since: later })).toBeUndefined();
  expect(stopped && withoutImport(stopped, 'one')).toEqual(stop);
});
