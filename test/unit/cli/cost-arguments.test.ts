import { describe, expect, test } from 'vitest';
import { readCostArguments, UsageError } from '../../../cli/cost/cost-arguments.ts';

const read = (line: string) => readCostArguments(line.split(' '));

test('the arguments of npm run cost say what a stage does, where, and by whose settings', () => {
  expect(read('--contacts 1_000_000 --imports 12 --changed 2.5 --subscribes 100000 --mails=2000000')).toEqual({
    workload: { contacts: 1_000_000, imports: 12, changedPercent: 2.5, subscribes: 100_000, mails: 2_000_000 },
    region: 'us-east-1',
    stage: 'prod',
  });
  expect(read('--contacts 0 --region eu-west-1 --stage dev')).toEqual({
    workload: { contacts: 0, imports: 0, changedPercent: 5, subscribes: 0, mails: 0 },
    region: 'eu-west-1',
    stage: 'dev',
  });
  expect(read('--help')).toBeUndefined();
});

describe('arguments that nobody understands are answered in a sentence', () => {
  test.each([
    ['--imports 12', '--contacts is missing: how many contacts does the stage have?'],
    ['--contacts many', '--contacts takes a whole number from 0 to 100,000,000,000, not many'],
    ['--contacts 1.5', '--contacts takes a whole number from 0 to 100,000,000,000, not 1.5'],
    ['--contacts -5 --mails 1', '--contacts takes a whole number from 0 to 100,000,000,000, not -5'],
    ['--contacts 1 --mails 1e99', '--mails takes a whole number from 0 to 100,000,000,000, not 1e99'],
    ['--contacts 1 --mails 999999999999', '--mails takes a whole number from 0 to 100,000,000,000, not 999999999999'],
    ['--contacts 1 --changed 101', '--changed takes a number from 0 to 100, not 101'],
    ['--contacts 1 --region mars', 'There are no prices of mars: --region takes us-east-1, eu-central-1, eu-west-1'],
    ['--contacts 1 --sms 5', "Unknown option '--sms'"],
    ['--contacts 1 twelve', 'There is no argument twelve'],
  ])('%s', (line, sentence) => {
    expect(() => read(line)).toThrow(new UsageError(sentence));
  });
});
