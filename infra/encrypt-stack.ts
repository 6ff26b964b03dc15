import { Aspects, type IAspect, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import type { Settings } from './settings.ts';

/** Encrypts whatever of a stack keeps data by one key of its own, if the settings ask for it. */
export const encryptStack = (stack: Stack, { stage, customerKey, deletionProtection }: Settings): void => {
  if (!customerKey) return;
  const key = new Key(stack, 'Key', {
    alias: `rollcall-${stage}`,
    description: `Encrypts the data of Rollcall (${stage})`,
    enableKeyRotation: true,
    // Without it, the table and the bucket that stay could not be read.
    removalPolicy: deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  letServicesUse(key, stack);
  Aspects.of(stack).add(encryptionBy(key, stack));
};

/** What services do by themselves; whatever a function does, it does by its role. */
const letServicesUse = (key: Key, { region, account, partition }: Stack): void => {
  const useKey = ['kms:Decrypt', 'kms:GenerateDataKey'];
  key.addToResourcePolicy(
    new PolicyStatement({
      // EventBridge does not say whose rule it is when it delivers: with a condition, no event would come to any queue.
      sid: 'Events',
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: useKey,
      resources: ['*'],
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsAndReplies',
      principals: ['cloudwatch', 'budgets', 'sns', 'sms-voice'].map(
        (name) => new ServicePrincipal(`${name}.amazonaws.com`),
      ),
      actions: useKey,
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'Logs',
      principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
      actions: [...useKey, 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` },
      },
    }),
  );
};

const encryptionBy = (key: IKey, { region }: Stack): IAspect => ({
  visit: (node: IConstruct): void => {
    if (node instanceof LambdaFunction) node.addToRolePolicy(rightThroughServices(key, region));
    else if (node instanceof CfnTable)
      node.sseSpecification = { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: key.keyArn };
    else if (node instanceof CfnBucket) node.bucketEncryption = bucketEncryption(key);
    else if (node instanceof CfnLogGroup) node.kmsKeyId = key.keyArn;
    else if (node instanceof CfnTopic) node.kmsMasterKeyId = key.keyArn;
    else if (node instanceof CfnQueue) {
      node.kmsMasterKeyId = key.keyArn;
      node.kmsDataKeyReusePeriodSeconds = reuseSeconds;
      node.sqsManagedSseEnabled = false;
    }
  },
});

/** Queues ask for a key as seldom as they may, as each time costs. */
const reuseSeconds = 86_400;

/** Functions use the key through the services that keep the data, and for nothing else. */
const rightThroughServices = (key: IKey, region: string): PolicyStatement =>
  new PolicyStatement({
    actions: [
      'kms:Decrypt',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:DescribeKey',
    ],
    resources: [key.keyArn],
    conditions: {
      StringEquals: { 'kms:ViaService': ['dynamodb', 's3', 'sqs'].map((name) => `${name}.${region}.amazonaws.com`) },
    },
  });

const bucketEncryption = (key: IKey): CfnBucket.BucketEncryptionProperty => ({
  serverSideEncryptionConfiguration: [
    {
      bucketKeyEnabled: true,
      serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.keyArn },
    },
  ],
});
