import { expect, it } from 'vitest';
import { warningHeader, warningText } from '#contract/warning-header.ts';

it('tells codes and members of what was left out, once each and without a value', () => {
  const lost = { code: 'INVALID_PHONE', field: 'sms', message: "'+380 5' is not valid phone number" } as const;

  expect(
    warningHeader(undefined, warningText([lost, lost, { ...lost, code: 'NAME_CHANGED', field: 'firstName' }])),
  ).toEqual({
    Warning: '199 rollcall "INVALID_PHONE sms, NAME_CHANGED firstName"',
  });
  expect(warningHeader(undefined, warningText([]))).toEqual({});
});

it('tells of items together, and of no more members than a header can carry', () => {
  const lost = (field: string) => ({ code: 'INVALID_MEMBER', field, message: '' }) as const;

  expect(warningText([lost('items[0].externalItemId'), lost('items[12].externalItemId')])).toBe(
    'INVALID_MEMBER items[].externalItemId',
  );
  expect(warningText(Array.from({ length: 500 }, (_, id) => lost(`fields.${id}`)))).toMatch(
    /^INVALID_MEMBER fields\.0, .*fields\.19, and 480 more$/,
  );
});
