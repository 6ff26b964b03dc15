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
