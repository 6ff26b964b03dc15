import { describe, expect, test } from 'vitest';
import { readKeyArguments, UsageError } from '../../../cli/key-arguments.ts';

const read = (line: string, port?: string) => readKeyArguments(line.split(' ').filter(Boolean), port);

describe('the arguments of npm run key', () => {
  test.each([
    ['create --name shop --scope full', { command: 'create', name: 'shop', scope: 'full', place: { port: 8080 } }],
    ['create --name shop --scope events --stage dev', { command: 'create', scope: 'events', place: { stage: 'dev' } }],
    ['create --name a --scope full --key 0123456789abcdef', { key: '0123456789abcdef' }],
    ['list --local', { command: 'list', place: { port: 8080 } }],
    ['revoke shop --stage prod', { command: 'revoke', nameOrHash: 'shop', place: { stage: 'prod' } }],
    ['--help', { command: 'help' }],
  ])('%s is understood', (line, expected) => {
    expect(read(line)).toMatchObject(expected);
  });

  test('PORT tells which local stack is meant', () => {
    expect(read('list', '9090').place).toEqual({ port: 9090 });
  });

  test.each([
    [''],
    ['make'],
    ['create --name shop'],
    ['create --scope full'],
    ['create --name shop --scope everything'],
    ['create --name shop --scope full --key short'],
    ['create shop --name shop --scope full'],
    ['revoke'],
    ['revoke one two'],
    ['list --stage dev --local'],
    ['list --stage ../dev'],
    ['list --colour'],
  ])('%j is refused with a reason', (line) => {
    expect(() => read(line)).toThrow(UsageError);
  });
});
