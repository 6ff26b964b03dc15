import { expect, test } from 'vitest';
import { toItem, toKey, toValues } from '#aws/table/item.ts';

const half = `cut${'🎉'.slice(0, 1)}`;

test('no text of an item, a key or an expression ends in half a pair, however deep it is', () => {
  const key = { pk: `EXT#${half}`, sk: 'IDENTITY' };
  const value = { name: half, list: [half, { inner: half }], fine: '🎉' };

  expect(toItem(key, value)).toEqual({
    pk: { S: 'EXT#cut\uFFFD' },
    sk: { S: 'IDENTITY' },
    name: { S: 'cut\uFFFD' },
    list: { L: [{ S: 'cut\uFFFD' }, { M: { inner: { S: 'cut\uFFFD' } } }] },
    fine: { S: '🎉' },
  });
  expect(toKey(key)).toEqual({ pk: { S: 'EXT#cut\uFFFD' }, sk: { S: 'IDENTITY' } });
  expect(toValues({ ':name': half })).toEqual({ ':name': { S: 'cut\uFFFD' } });
});
