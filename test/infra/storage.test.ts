import { describe, expect, test } from 'vitest';
import { settingsOf } from '#infra/settings.ts';
import { table } from '#names/table.ts';
import { onlyResourceOf, referenceIn, resourcesOf, templateOf } from './synthesized.ts';

const production = templateOf(settingsOf('prod'));
const local = templateOf(settingsOf('local', { importRetentionDays: 7, deletionProtection: false }));

describe('the table', () => {
  const { Properties, DeletionPolicy } = onlyResourceOf(production, 'AWS::DynamoDB::Table');

  test('costs nothing while idle and can be brought back to any second', () => {
    expect(Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  test('forgets by the attribute that the adapters write', () => {
    expect(Properties.TimeToLiveSpecification).toEqual({ AttributeName: 'ttl', Enabled: true });
  });

  test('survives the stack in production, and goes with it where the setting says so', () => {
    expect([Properties.DeletionProtectionEnabled, DeletionPolicy]).toEqual([true, 'Retain']);

    const dispensable = onlyResourceOf(local, 'AWS::DynamoDB::Table');

    expect([dispensable.Properties.DeletionProtectionEnabled, dispensable.DeletionPolicy]).toEqual([false, 'Delete']);
  });

  test('is as warm as the setting says, and so is each of its indexes', () => {
    const warmThroughput = { readsPerSecond: 12_000, writesPerSecond: 16_000 };
    const warm = onlyResourceOf(templateOf(settingsOf('prod', { warmThroughput })), 'AWS::DynamoDB::Table').Properties;
    const throughput = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 16_000 };

    expect(warm.WarmThroughput).toEqual(throughput);
    expect(warm.GlobalSecondaryIndexes).toEqual(
      Array.from({ length: 3 }, () => expect.objectContaining({ WarmThroughput: throughput })),
    );
    expect(Properties.WarmThroughput).toBeUndefined();
  });

  test('has the indexes that the adapters list by', () => {
    expect(Properties.GlobalSecondaryIndexes).toEqual([
      expect.objectContaining({ IndexName: 'byGroup', Projection: { ProjectionType: 'ALL' } }),
      expect.objectContaining({ IndexName: 'byTime', Projection: { ProjectionType: 'ALL' } }),
      expect.objectContaining({
        IndexName: 'directory',
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...table.directory.holds] },
      }),
    ]);
  });
});

describe('the import bucket', () => {
  const { Properties } = onlyResourceOf(local, 'AWS::S3::Bucket');

  test('forgets rows and outcomes after the retention, and unfinished uploads after a day', () => {
    const { Rules } = Properties.LifecycleConfiguration as { Rules: object[] };

    expect(Rules).toContainEqual(expect.objectContaining({ ExpirationInDays: 7, Status: 'Enabled' }));
    expect(Rules).toContainEqual(
      expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' }),
    );
  });

  test('is closed to the public and encrypted', () => {
    expect(Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(Properties.BucketEncryption).toBeDefined();
  });

  test('is reached over TLS only', () => {
    expect(onlyResourceOf(local, 'AWS::S3::BucketPolicy').Properties.PolicyDocument).toMatchObject({
      Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    });
  });
});

test('every log group forgets after the retention of the stage', () => {
  const groups = resourcesOf(production, 'AWS::Logs::LogGroup');

  expect(groups.length).toBeGreaterThan(20);
  expect(new Set(groups.map(([, { Properties }]) => Properties.RetentionInDays))).toEqual(new Set([90]));
});

test('errors of the bus go to a log group of ours, without the events', () => {
  const bus = onlyResourceOf(production, 'AWS::Events::EventBus').Properties;
  const source = onlyResourceOf(production, 'AWS::Logs::DeliverySource').Properties;
  const destination = onlyResourceOf(production, 'AWS::Logs::DeliveryDestination').Properties;

  expect(bus).toMatchObject({ Name: 'rollcall-prod', LogConfig: { Level: 'ERROR', IncludeDetail: 'NONE' } });
  expect(source).toMatchObject({ LogType: 'ERROR_LOGS' });
  expect(production.Resources[referenceIn(source.ResourceArn)]?.Type).toBe('AWS::Events::EventBus');
  expect(production.Resources[referenceIn(destination.DestinationResourceArn)]?.Type).toBe('AWS::Logs::LogGroup');
});
