import { describe, expect, test } from 'vitest';
import { everybodyIn, readTemplate } from '#infra/local/stack-plan.ts';
import { settingsOf } from '#infra/settings.ts';
import { onlyResourceOf, referenceIn, resourcesOf, templateOf } from './synthesized.ts';

const encrypted = templateOf(settingsOf('prod', { customerKey: true, alarmEmail: 'oncall@example.com' }));
const [[keyId] = ['']] = resourcesOf(encrypted, 'AWS::KMS::Key');
const keyOf = (value: unknown) => value !== undefined && referenceIn(value);

describe('a stage with a key of its own', () => {
  test('makes the key turn every year, and keeps it as long as the data', () => {
    const key = onlyResourceOf(encrypted, 'AWS::KMS::Key');

    expect(key.Properties).toMatchObject({ EnableKeyRotation: true });
    expect(key.DeletionPolicy).toBe('Retain');
    expect(onlyResourceOf(encrypted, 'AWS::KMS::Alias').Properties.AliasName).toBe('alias/rollcall-prod');
  });

  test.each([
    ['AWS::DynamoDB::Table', 'SSESpecification'],
    ['AWS::S3::Bucket', 'BucketEncryption'],
    ['AWS::SQS::Queue', 'KmsMasterKeyId'],
    ['AWS::SNS::Topic', 'KmsMasterKeyId'],
    ['AWS::Logs::LogGroup', 'KmsKeyId'],
  ])('encrypts each %s by it', (type, property) => {
    const keys = resourcesOf(encrypted, type).map(([, { Properties }]) => keyOf(Properties[property]));

    expect(keys.length).toBeGreaterThan(0);
    expect(new Set(keys)).toEqual(new Set([keyId]));
  });

  test('lets functions use it through the services that keep data', () => {
    const surroundings = {
      stackName: 'Rollcall-prod',
      sqsEndpoint: 'http://127.0.0.1:1',
      apiUrl: 'http://127.0.0.1:2',
    };
    const plan = readTemplate(encrypted, surroundings);
    const may = everybodyIn(plan).map(({ caller, grants }) => ({
      caller,
      uses: grants.filter(({ action }) => action.startsWith('kms:')),
    }));

    const conditions = [
      {
        operator: 'StringEquals',
        key: 'kms:ViaService',
        values: ['dynamodb', 's3', 'sqs'].map((name) => `${name}.us-east-1.amazonaws.com`),
      },
    ];
    for (const { name } of plan.functions) {
      const uses = may.flatMap(({ caller, uses }) => (caller === name ? uses : []));
      expect(uses.map(({ action }) => action).sort(), name).toEqual([
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ]);
      for (const use of uses) expect(use, name).toMatchObject({ effect: 'Allow', conditions });
    }
  });

  test('lets services use it themselves, EventBridge on no condition, as its deliveries do not say whose rule it is', () => {
    const { Statement } = onlyResourceOf(encrypted, 'AWS::KMS::Key').Properties.KeyPolicy as { Statement: object[] };
    const own = { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } };
    const useKey = ['kms:Decrypt', 'kms:GenerateDataKey'];

    const [owner, ...services] = Statement as { Sid?: string; Principal: { Service: unknown } }[];
    const bySid = Object.fromEntries(services.map(({ Sid, ...statement }) => [Sid, statement]));

    expect(JSON.stringify(owner?.Principal)).toContain(':root');
    expect(Object.keys(bySid)).toEqual(['Events', 'AlarmsAndReplies', 'Logs']);
    expect(bySid.Events).toEqual({
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: useKey,
      Resource: '*',
    });
    expect(bySid.AlarmsAndReplies).toMatchObject({
      Principal: { Service: ['cloudwatch', 'budgets', 'sns', 'sms-voice'].map((name) => `${name}.amazonaws.com`) },
      Action: useKey,
      Condition: { StringEquals: own },
    });
    expect(bySid.Logs).toMatchObject({
      Action: [...useKey, 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:DescribeKey'],
    });
    expect(JSON.stringify(bySid.Logs)).toContain('kms:EncryptionContext:aws:logs:arn');
  });
});

test('a stage without one leaves encryption to the keys of AWS', () => {
  const plain = templateOf(settingsOf('prod'));

  expect(resourcesOf(plain, 'AWS::KMS::Key')).toEqual([]);
  expect(JSON.stringify(plain)).not.toContain('kms:');
});

describe('a stage whose table was restored', () => {
  const restored = templateOf(settingsOf('prod', { restoredTable: 'contacts-of-tuesday' }));
  const own = onlyResourceOf(templateOf(settingsOf('prod')), 'AWS::DynamoDB::Table');
  const [[ownId] = ['']] = resourcesOf(restored, 'AWS::DynamoDB::Table');

  test('keeps the stage’s own table as it is', () => {
    expect(onlyResourceOf(restored, 'AWS::DynamoDB::Table')).toEqual(own);
  });

  test('gives the restored one to every function and alarm, and nothing of the former', () => {
    const others = Object.entries(restored.Resources).filter(([id]) => id !== ownId);
    const mentions = others.filter(([, resource]) => JSON.stringify(resource).includes(`"${ownId}"`));
    const tables = resourcesOf(restored, 'AWS::Lambda::Function').flatMap(([, { Properties }]) => {
      const { Variables } = (Properties.Environment ?? {}) as { Variables?: { TABLE_NAME?: unknown } };
      return Variables?.TABLE_NAME ?? [];
    });

    expect(mentions.map(([id]) => id)).toEqual([]);
    expect(new Set(tables)).toEqual(new Set(['contacts-of-tuesday']));
    expect(restored.Outputs.TableName?.Value).toBe('contacts-of-tuesday');
    expect(JSON.stringify(restored)).toContain(':table/contacts-of-tuesday/index/byGroup');
  });
});
