import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { settingsOf } from '#infra/settings.ts';
import { synthesize } from '#infra/synthesize.ts';
import { nameOf, rightsByFunction } from './rights-in.ts';
import { onlyResourceOf, referenceIn, resourcesOf, type Template, templateOf, temporaryFolder } from './synthesized.ts';

const isProtected = (deletionProtection: boolean) => templateOf(settingsOf('dev', { deletionProtection }));

describe('a stage that is not protected leaves nothing behind', () => {
  const template = isProtected(false);
  const emptied = resourcesOf(template, 'Custom::EmptyBucket')[0]?.[0];

  test('of what it has, the log of each function and the objects in its bucket among it', () => {
    const kept = Object.entries(template.Resources).filter(([, { DeletionPolicy }]) =>
      /Retain/.test(DeletionPolicy ?? ''),
    );
    const kinds = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Logs::LogGroup'];
    const policies = kinds.flatMap((kind) =>
      resourcesOf(template, kind).map(([, { DeletionPolicy }]) => DeletionPolicy),
    );

    expect(kept).toEqual([]);
    expect(new Set(policies)).toEqual(new Set(['Delete']));
    expect(onlyResourceOf(template, 'AWS::DynamoDB::Table').Properties.DeletionProtectionEnabled).toBe(false);
    expect(template.Resources[referenceIn(template.Resources[emptied ?? '']?.Properties.ServiceToken)]).toMatchObject({
      Type: 'AWS::Lambda::Function',
      Properties: { FunctionName: 'rollcall-dev-empty-bucket' },
    });
  });

  test('that functions could have logged into: each has its log group, and none may make one', () => {
    const actions = [...JSON.stringify(template).matchAll(/"logs:(\w+)"/g)].map(([, action]) => action);

    expect(new Set(actions)).toEqual(new Set(['CreateLogStream', 'PutLogEvents']));
  });

  test('that was put into the bucket after it was emptied: whatever writes to it goes first', () => {
    const writers = [...rightsByFunction(template)]
      .filter(([, rights]) => rights.some(({ action }) => action === 's3:PutObject'))
      .map(([name]) => name);
    const waiting = resourcesOf(template, 'AWS::Lambda::Function')
      .filter(([, { DependsOn }]) => [DependsOn].flat().includes(emptied))
      .map(([, fn]) => nameOf(fn));

    expect(writers.length).toBeGreaterThan(5);
    expect(writers.filter((name) => !waiting.includes(name))).toEqual([]);
  });

  test('and only its bucket’s tag lets it be emptied, which a protected stage takes away', () => {
    const tagsOf = (of: Template) => onlyResourceOf(of, 'AWS::S3::Bucket').Properties.Tags;

    const tag = { Key: 'rollcall:emptied-with-stack', Value: 'true' };
    expect(tagsOf(template)).toContainEqual(tag);
    expect(tagsOf(isProtected(true))).not.toContainEqual(tag);
  });
});

test('a protected stage keeps table and bucket, and nothing in it could empty them', () => {
  const template = isProtected(true);
  const kept = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket'].map((type) => onlyResourceOf(template, type).DeletionPolicy);

  expect(kept).toEqual(['Retain', 'Retain']);
  expect(resourcesOf(template, 'Custom::EmptyBucket')).toEqual([]);
});

test.each([true, false])('the stack refuses to be deleted as the table does: %s', (deletionProtection) => {
  const settings = settingsOf('dev', { deletionProtection });
  const { directory, stackName } = synthesize(settings, { outdir: temporaryFolder(), validate: false, stubs: true });

  const { artifacts } = JSON.parse(readFileSync(`${directory}/manifest.json`, 'utf8'));

  expect(artifacts[stackName].properties.terminationProtection ?? false).toBe(deletionProtection);
});
