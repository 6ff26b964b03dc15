import { describe, expect, test } from 'vitest';
import { keys } from '#aws/table/keys.ts';
import { settingsOf } from '#infra/settings.ts';
import { environmentNames } from '#names/environment.ts';
import { table } from '#names/table.ts';
import { nameOf, type Right, rightsByFunction } from './rights-in.ts';
import { referenceIn, resourcesOf, templateOf } from './synthesized.ts';

const template = templateOf(settingsOf('local', { httpLinks: false, uploadMaxMegabytes: 5000 }));
const rights = rightsByFunction(template);
const rightsOf = (name: string): readonly Right[] => rights.get(name) ?? [];
const functions = resourcesOf(template, 'AWS::Lambda::Function').map(([, fn]) => fn);
const functionOf = (name: string) => {
  const found = functions.find((fn) => nameOf(fn) === name);
  if (!found) throw new Error(`There is no function ${name}`);
  return found.Properties as { Timeout: number; Environment: { Variables: Record<string, string> } };
};
const variablesOf = (name: string) => functionOf(name).Environment.Variables;
const queueOf = (name: string) => {
  const found = resourcesOf(template, 'AWS::SQS::Queue').find(([, queue]) => nameOf(queue) === name);
  return found?.[1].Properties as { VisibilityTimeout: number; RedrivePolicy: { deadLetterTargetArn: unknown } };
};
const queueNamed = (id: string): string => {
  const queue = template.Resources[id];
  return queue ? nameOf(queue) : '';
};
const queueNameAt = (reference: unknown): string => queueNamed(referenceIn(reference));
const patternOf = ({ resource }: Right) => /"(\/[^"]*)"/.exec(JSON.stringify(resource))?.[1];
const partitionsOf = ({ condition }: Right) =>
  (condition as { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': string[] } } | undefined)?.[
    'ForAllValues:StringLike'
  ]['dynamodb:LeadingKeys'] ?? ['everything'];
const ofTable = (name: string) => rightsOf(name).filter(({ action }) => action.startsWith('dynamodb:'));

describe('the function that follows links', () => {
  test('may write uploaded files and take their parts back, and nothing else of the bucket', () => {
    const objects = rightsOf('fetch-upload').filter(({ action }) => action.startsWith('s3:'));

    expect(objects.map((right) => [right.action, patternOf(right)])).toEqual([
      ['s3:PutObject', '/uploads/*/file'],
      ['s3:AbortMultipartUpload', '/uploads/*/file'],
    ]);
  });

  test('touches sessions of imports only, and may read the key that opens seals', () => {
    const touched = ofTable('fetch-upload').map((right) => [right.action.slice(9), partitionsOf(right)]);

    expect(touched).toEqual([
      ...['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'].map((action) => [
        action,
        ['IMPORT#*'],
      ]),
      ['GetItem', ['SIGNINGKEY']],
    ]);
  });

  test('sends to its own queue and to that of files to cut', () => {
    const queues = rightsOf('fetch-upload').filter(({ action }) => action === 'sqs:SendMessage');

    expect(queues.map(({ on }) => queueNamed(on)).sort()).toEqual(['uploads-fetch', 'uploads-split']);
  });

  test('publishes nothing and sends no mail', () => {
    const services = new Set(rightsOf('fetch-upload').map(({ action }) => action.split(':')[0]));

    expect(services).toEqual(new Set(['dynamodb', 's3', 'sqs']));
  });

  test('is told what the stage lets callers link to', () => {
    expect(variablesOf('fetch-upload')).toMatchObject({ HTTP_LINKS: 'false', UPLOAD_MAX_MEGABYTES: '5000' });
    expect(variablesOf('upload-contacts')).toMatchObject({ HTTP_LINKS: 'false' });
  });

  test('and whoever takes or cuts a file are told the same limit of its size', () => {
    for (const name of ['fetch-upload', 'split-upload', 'create-upload']) {
      expect(variablesOf(name)).toMatchObject({ UPLOAD_MAX_MEGABYTES: '5000' });
    }
  });

  test('is delivered a file again soon after a worker was killed, and never while one can still run', () => {
    expect(functionOf('fetch-upload').Timeout).toBe(900);
    expect(queueOf('uploads-fetch').VisibilityTimeout).toBe(960);
  });
});

test('no function is told that links may lead to its own machine', () => {
  expect(JSON.stringify(template)).not.toContain(environmentNames.allowLoopbackLinks);
});

test('partitions are the ones that the keys are in', () => {
  expect(keys.importSession('x').pk).toBe(`${table.importPrefix}x`);
  expect(keys.fetch('x').pk).toBe(`${table.importPrefix}x`);
  expect(keys.chunk({ sessionId: 'x', number: 1 }).pk).toBe(`${table.importPrefix}x`);
  expect(keys.openSplit('x').pk).toBe(`${table.importPrefix}x`);
  expect(keys.upload('x').pk).toBe(`${table.uploadPrefix}x`);
  expect(keys.signingKey.pk).toBe(table.signingKeyPartition);
  expect(keys.field({ group: 'a', key: 'b' }).pk).toBe(table.fieldPartition);
});

describe('an operation on files', () => {
  test('that accepts a link seals it, and touches neither the bucket nor a contact', () => {
    const touched = ofTable('upload-contacts').flatMap(partitionsOf);

    expect(new Set(touched)).toEqual(new Set(['KEYS', 'KEYUSE#*', 'IMPORT#*', 'FIELDS', 'SIGNINGKEY']));
    expect(rightsOf('upload-contacts').filter(({ action }) => action.startsWith('s3:'))).toEqual([]);
  });

  test('that offers a place may put a file there, as whoever has the link may in its name', () => {
    const own = rightsOf('create-upload').filter(({ action }) => !action.startsWith('dynamodb:'));

    expect(own.map((right) => [right.action, patternOf(right)])).toEqual([['s3:PutObject', '/uploads/*/file']]);
  });

  test('that imports a file may read it and queue it', () => {
    const own = rightsOf('import-upload').filter(({ action }) => !action.startsWith('dynamodb:'));

    expect(own.map((right) => [right.action, patternOf(right) ?? queueNamed(right.on)]).sort()).toEqual([
      ['s3:GetObject', '/uploads/*/file'],
      ['sqs:SendMessage', 'uploads-fetch'],
    ]);
  });
});

describe('a file that kept failing', () => {
  test('goes to the function that ends its import, and then to a person', () => {
    const { deadLetterTargetArn } = queueOf('uploads-fetch').RedrivePolicy;

    expect(queueNameAt(deadLetterTargetArn)).toBe('failed-uploads');
    expect(queueNameAt(queueOf('failed-uploads').RedrivePolicy.deadLetterTargetArn)).toBe('uploads-dead-letter');
  });

  test('lets that function end imports and nothing more', () => {
    expect(new Set(ofTable('fail-upload').flatMap(partitionsOf))).toEqual(new Set(['IMPORT#*']));
    expect(rightsOf('fail-upload').filter(({ action }) => action.startsWith('s3:'))).toEqual([]);
  });

  test('is deleted from the bucket after three days, and its parts after one', () => {
    const [, bucket] = resourcesOf(template, 'AWS::S3::Bucket')[0] ?? [];

    expect(bucket?.Properties.LifecycleConfiguration).toMatchObject({
      Rules: expect.arrayContaining([
        expect.objectContaining({ Prefix: 'uploads/', ExpirationInDays: 3, Status: 'Enabled' }),
        expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' }),
      ]),
    });
  });
});
