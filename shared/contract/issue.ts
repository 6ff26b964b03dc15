import type * as z from 'zod/mini';

/** The place of an issue, in the words of JSON, e.g. `address.town` or `customFieldsIDs[2]`. */
export const fieldOfIssue = ({ path }: z.core.$ZodIssue): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${String(step)}` : String(step)),
    '',
  );

/** What a value must be that broke a schema, as the end of the sentence "`<field>` must …". */
export const demandOf = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return `be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `be one of ${issue.values.map(String).join(', ')}`;
    case 'too_big':
      return `${measures[issue.origin] ?? 'be'} at most ${issue.maximum}${units[issue.origin] ?? ''}`;
    case 'too_small':
      return `${measures[issue.origin] ?? 'be'} at least ${issue.minimum}${units[issue.origin] ?? ''}`;
    case 'invalid_format':
      return `match ${issue.pattern ?? issue.format}`;
    case 'unrecognized_keys':
      return `have no ${issue.keys.join(' and no ')}`;
    default:
      return issue.message;
  }
};

/** One sentence for the caller about the issues of a whole request. */
export const describeIssues = (issues: readonly z.core.$ZodIssue[]): string =>
  issues
    .slice(0, 10)
    .map((issue) => `${fieldOfIssue(issue) || 'The body'} must ${demandOf(issue)}`)
    .join('; ');

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

const measures: Readonly<Record<string, string>> = { string: 'have', array: 'have' };
const units: Readonly<Record<string, string>> = { string: ' characters', array: ' items' };
