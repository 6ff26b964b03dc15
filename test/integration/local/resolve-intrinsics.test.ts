import { describe, expect, test } from 'vitest';
import { Refusal } from '#infra/local/template/refusal.ts';
import { resolverOf } from '#infra/local/template/resolve-intrinsics.ts';
import type { Template } from '#infra/local/template/template.ts';

const template: Template = { Parameters: { Size: { Default: 'small' } } };

const { resolve } = resolverOf(template, (logicalId, attribute) => `${logicalId}.${attribute}`);

/** `Fn::Sub`'s own marks, written as `<name>` here because they look like a template literal's. */
const places = (text: string): string => text.replaceAll('<', '$'.concat('{')).replaceAll('>', '}');

describe('an intrinsic function', () => {
  test.each([
    ['Ref of a resource', { Ref: 'Queue' }, 'Queue.Ref'],
    ['Ref of a parameter', { Ref: 'Size' }, 'small'],
    ['Ref of the account', { Ref: 'AWS::AccountId' }, '000000000000'],
    ['Ref of the region', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['GetAtt', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue.Arn'],
    ['GetAtt in short', { 'Fn::GetAtt': 'Queue.Arn' }, 'Queue.Arn'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Size' }, 1]] }, 'a-small-1'],
    [
      'Sub',
      { 'Fn::Sub': places('<Queue>/<Queue.Arn>/<AWS::Region>/<!Kept>') },
      places('Queue.Ref/Queue.Arn/us-east-1/<Kept>'),
    ],
    ['Sub with its own names', { 'Fn::Sub': [places('<name>!'), { name: { Ref: 'Size' } }] }, 'small!'],
    ['nothing', { a: [{ b: 'c' }] }, { a: [{ b: 'c' }] }],
  ])('resolves: %s', (_name, value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  test('is refused by name when it is not known', () => {
    expect(() => resolve({ 'Fn::Transform': {} })).toThrow(Refusal);
    expect(() => resolve({ 'Fn::Transform': {} })).toThrow('Fn::Transform');
  });
});
