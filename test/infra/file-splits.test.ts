import { describe, expect, test } from 'vitest';
import { keys } from '#aws/table/keys.ts';
import { settingsOf } from '#infra/settings.ts';
import { table } from '#names/table.ts';
import { nameOf, type Right, rightsByFunction } from './rights-in.ts';
import { referenceIn, resourcesOf, templateOf } from './synthesized.ts';

const template = templateOf(settingsOf('local', { splitTimeoutSeconds: 300 }));
const rights = rightsByFunction(template);
const rightsOf = (name: string): readonly Right[] => rights.get(name) ?? [];
const patternOf = ({ resource }: Right) => /"(\/[^"]*)"/.exec(JSON.stringify(resource))?.[1];
const partitionsOf = ({ condition }: Right): readonly string[] =>
  (condition as { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': string[] } } | undefined)?.[
    'ForAllValues:StringLike'
  ]['dynamodb:LeadingKeys'] ?? ['everything'];
const tableRightsOf = (name: string) =>
  rightsOf(name)
    .filter(({ action }) => action.startsWith('dynamodb:'))
    .flatMap((right) => partitionsOf(right).map((partition) => `${right.action.slice(9)} ${partition}`));
const objectRightsOf = (name: string) =>
  rightsOf(name)
    .filter(({ action }) => action.startsWith('s3:'))
    .map((right) => `${right.action.slice(3)} ${patternOf(right)}`)
    .sort();
const nameAt = (reference: unknown): string => {
  const resource = template.Resources[referenceIn(reference)];
  return resource ? nameOf(resource) : '';
};
const queuesOf = (name: string) =>
  rightsOf(name)
    .filter(({ action }) => action === 'sqs:SendMessage')
    .map(({ on }) => nameAt({ Ref: on }))
    .sort();
const propertiesOf = (type: string, name: string) =>
  resourcesOf(template, type).find(([, resource]) => nameOf(resource) === name)?.[1].Properties;

describe('the function that cuts files', () => {
  test('reads and removes uploaded files, stores windows, and reads no row of anybody', () => {
    expect(objectRightsOf('split-upload')).toEqual([
      'DeleteObject /uploads/*/file',
      'GetObject /uploads/*/file',
      'PutObject /imports/*/rows/*',
    ]);
  });

  test('touches sessions of imports and reads custom fields and segments, and no contact', () => {
    expect(tableRightsOf('split-upload').sort()).toEqual(
      [
        ...['ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'].map((action) => `${action} IMPORT#*`),
        'Query FIELDS',
        'BatchGetItem SEGMENT#*',
        'BatchGetItem SEGMENTNAME#*',
        'UpdateItem IMPORT#*',
      ].sort(),
    );
    expect(keys.split('x').pk).toBe(`${table.importPrefix}x`);
  });

  test('sends chunks, hands on to itself, and has files tried', () => {
    expect(queuesOf('split-upload')).toEqual(['chunks', 'dry-runs', 'uploads-split']);
  });

  test('is delivered a file again soon after a worker was killed, and never while one can still run', () => {
    expect(propertiesOf('AWS::Lambda::Function', 'split-upload')?.Timeout).toBe(300);
    expect(propertiesOf('AWS::SQS::Queue', 'uploads-split')?.VisibilityTimeout).toBe(330);
  });
});

describe('the function that says what an import would do', () => {
  test('may read everything that an import reads, and write nothing but sessions of imports', () => {
    expect(tableRightsOf('predict-import').sort()).toEqual(
      [
        ...['BatchGetItem', 'GetItem', 'Query'].map((action) => `${action} everything`),
        ...['DeleteItem', 'PutItem', 'UpdateItem'].map((action) => `${action} IMPORT#*`),
      ].sort(),
    );
  });

  test('reads rows, files outcomes, and keeps what it carries along', () => {
    expect(objectRightsOf('predict-import')).toEqual([
      'DeleteObject /predictions/*',
      'GetObject /imports/*/rows/*',
      'GetObject /predictions/*',
      'PutObject /imports/*/outcomes/*',
      'PutObject /predictions/*',
    ]);
  });

  test('publishes nothing, and sends to itself alone', () => {
    expect(new Set(rightsOf('predict-import').map(({ action }) => action.split(':')[0]))).toEqual(
      new Set(['dynamodb', 's3', 'sqs']),
    );
    expect(queuesOf('predict-import')).toEqual(['dry-runs']);
  });
});

test.each(['uploads-split', 'dry-runs'])('what keeps failing in %s ends its session', (name) => {
  const policy = propertiesOf('AWS::SQS::Queue', name)?.RedrivePolicy as { deadLetterTargetArn: unknown };

  expect(nameAt(policy.deadLetterTargetArn)).toBe('failed-uploads');
});

test('what dry runs carry along expires soon, and so do files that nobody read to their end', () => {
  const [bucket] = resourcesOf(template, 'AWS::S3::Bucket').map(([, { Properties }]) => Properties);
  const rules =
    (bucket?.LifecycleConfiguration as { Rules: { Prefix?: string; ExpirationInDays?: number }[] } | undefined)
      ?.Rules ?? [];

  expect(
    rules.filter(({ Prefix }) => Prefix !== undefined).map((rule) => [rule.Prefix, rule.ExpirationInDays]),
  ).toEqual([
    ['uploads/', 3],
    ['predictions/', 3],
  ]);
});
