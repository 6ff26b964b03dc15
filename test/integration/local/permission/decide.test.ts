import { describe, expect, test } from 'vitest';
import { decideBy } from '#infra/local/permission/decide.ts';
import type { Condition, Grant } from '#infra/local/permission/grant.ts';

const grant = (action: string, resource: string, rest: Partial<Grant> = {}): Grant => ({
  effect: 'Allow',
  action,
  resource,
  conditions: [],
  ...rest,
});

const on = (operator: string, ...values: string[]): Condition => ({ operator, key: 'key', values });

const isAllowed = (grants: Grant[], action: string, resource: string, values?: string[]): boolean =>
  decideBy(grants)({ action, resource, ...(values && { context: { key: values } }) }).length > 0;

describe('a call', () => {
  test.each<[string, Grant[], boolean]>([
    ['is denied without a grant', [], false],
    ['is allowed by a grant of its action and resource', [grant('s3:GetObject', 'a/b')], true],
    ['is denied by a grant of another action', [grant('s3:PutObject', 'a/b')], false],
    ['is denied by a grant of another resource', [grant('s3:GetObject', 'a/bc')], false],
    ['is allowed by a resource with a wildcard', [grant('s3:GetObject', 'a/*')], true],
    ['is allowed by a wildcard for one character', [grant('s3:GetObject', '?/b')], true],
    ['is denied by a wildcard for too many characters', [grant('s3:GetObject', 'a/b?')], false],
    ['is denied by signs that only look like patterns', [grant('s3:GetObject', 'a.b')], false],
    ['is allowed by actions in any case', [grant('S3:get*', '*')], true],
    ['is denied where one grant denies it', [grant('s3:*', '*'), grant('s3:*', 'a/*', { effect: 'Deny' })], false],
    ['is allowed where a grant denies another', [grant('s3:*', '*'), grant('s3:*', 'c', { effect: 'Deny' })], true],
    [
      'is allowed where all but secure transport is denied',
      [
        grant('s3:*', '*'),
        grant('s3:*', '*', {
          effect: 'Deny',
          conditions: [{ operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] }],
        }),
      ],
      true,
    ],
  ])('%s', (_name, grants, expected) => {
    expect(isAllowed(grants, 's3:GetObject', 'a/b')).toBe(expected);
  });

  test.each<[string, Condition, string[] | undefined, boolean]>([
    ['StringEquals takes the value', on('StringEquals', 'x', 'y'), ['y'], true],
    ['StringEquals takes no other', on('StringEquals', 'x'), ['z'], false],
    ['StringEquals takes no pattern', on('StringEquals', '*'), ['z'], false],
    ['StringEquals wants a value', on('StringEquals', 'x'), undefined, false],
    ['StringLike takes patterns', on('StringLike', 'x#*'), ['x#1'], true],
    ['StringLike takes nothing else', on('StringLike', 'x#*'), ['y#1'], false],
    ['ArnEquals takes patterns', on('ArnEquals', 'arn:*:rule/a'), ['arn:aws:rule/a'], true],
    ['Bool takes its value', on('Bool', 'true'), ['true'], true],
    ['ForAllValues takes values that all match', on('ForAllValues:StringLike', 'x#*', 'y'), ['x#1', 'y'], true],
    ['ForAllValues takes no value that does not', on('ForAllValues:StringLike', 'x#*'), ['x#1', 'y'], false],
    ['ForAllValues takes a call without any value', on('ForAllValues:StringLike', 'x#*'), undefined, true],
  ])('by a condition: %s', (_name, condition, values, expected) => {
    expect(isAllowed([grant('a:B', 'c', { conditions: [condition] })], 'a:B', 'c', values)).toBe(expected);
  });

  test('names every grant that allows it', () => {
    const grants = [grant('a:B', 'c'), grant('a:B', '*'), grant('a:B', 'd')];

    expect(decideBy(grants)({ action: 'a:B', resource: 'c' })).toEqual(grants.slice(0, 2));
  });
});
