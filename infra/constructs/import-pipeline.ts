import { type CfnElement, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import type { Deployment } from '../deployment.ts';
import type { ContactStore } from './contact-store.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { EventBus } from './event-bus.ts';
import type { Monitoring } from './monitoring.ts';
import { QueueWithFunction } from './queue-with-function.ts';
import { referenceSeenFrom } from './reference-seen-from.ts';

/** What the import works with. */
export interface ImportPipelineProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
  readonly bus: EventBus;
}

/** The bucket of rows and outcomes, and the queues that take chunks to their function or, at last, to a person. */
export class ImportPipeline extends Construct {
  readonly bucket: Bucket;
  readonly chunks: QueueWithFunction;
  readonly deadLetters: DeadLetterQueue;
  private readonly deployment: Deployment;

  constructor(scope: Construct, id: string, props: ImportPipelineProps) {
    super(scope, id);
    this.deployment = props.deployment;
    this.bucket = this.bucketOf(props.deployment);
    this.deadLetters = this.deadLettersOf(props);
    const failedChunks = this.failedChunksOf(props);
    this.chunks = this.chunksOf(props, failedChunks);
    this.grantWork(props, failedChunks.fn);
  }

  /** Lets a function store the rows of an import and queue its chunks, and tells it where. */
  grantAccept(fn: LambdaFunction): void {
    this.tellBucket(fn);
    this.allowObjects(fn, 's3:PutObject', 'imports/*/rows.ndjson');
    fn.addEnvironment(environmentNames.chunkQueueUrl, this.chunks.queue.queueUrl);
    fn.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.chunks.queue.queueArn] }));
  }

  /** Lets a function read what became of rows, and tells it where. */
  grantReadOutcomes(fn: LambdaFunction): void {
    this.tellBucket(fn);
    this.allowObjects(fn, 's3:GetObject', 'imports/*/outcomes/*');
  }

  /** Lets a function read the rows of an import as they came, and tells it where. */
  grantReadRows(fn: LambdaFunction): void {
    this.tellBucket(fn);
    this.allowObjects(fn, 's3:GetObject', 'imports/*/rows.ndjson');
  }

  /** Lets a function overwrite rows and outcomes of every import, and tells it where. */
  grantBlank(fn: LambdaFunction): void {
    this.grantReadRows(fn);
    this.grantReadOutcomes(fn);
    this.allowObjects(fn, 's3:PutObject', 'imports/*/rows.ndjson');
    this.allowObjects(fn, 's3:PutObject', 'imports/*/outcomes/*');
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [this.bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': 'imports/*/outcomes/' } },
      }),
    );
  }

  private grantWork({ store, bus }: ImportPipelineProps, failChunk: LambdaFunction): void {
    const importChunk = this.chunks.fn;
    store.grantImport(importChunk);
    bus.grantPublish(importChunk);
    importChunk.addEnvironment(environmentNames.defaultCountry, this.deployment.settings.defaultCountry);
    importChunk.addEnvironment(environmentNames.fieldChangeEvents, String(this.deployment.settings.fieldChangeEvents));

    store.grantEndImports(failChunk);
    failChunk.addEnvironment(environmentNames.deadLetterQueueUrl, this.deadLetters.queue.queueUrl);
    failChunk.addToRolePolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queue.queueArn] }),
    );
    for (const fn of [importChunk, failChunk]) {
      this.grantReadRows(fn);
      this.allowObjects(fn, 's3:PutObject', 'imports/*/outcomes/*');
    }
  }

  private allowObjects(fn: LambdaFunction, action: 's3:GetObject' | 's3:PutObject', pattern: string): void {
    fn.addToRolePolicy(new PolicyStatement({ actions: [action], resources: [this.bucket.arnForObjects(pattern)] }));
    const bucketArn = referenceSeenFrom(fn, this.bucket.node.defaultChild as CfnElement, 'Arn');
    Validations.of(fn.role ?? fn).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${bucketArn}>/${pattern}]`,
      reason: 'The id of an import is part of the key, so one object cannot be named beforehand.',
    });
  }

  private tellBucket(fn: LambdaFunction): void {
    fn.addEnvironment(environmentNames.importBucketName, this.bucket.bucketName);
  }

  private bucketOf({ settings }: Deployment): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [
        { id: 'retention', expiration: Duration.days(settings.importRetentionDays) },
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Only the functions of this stack read and write it, and they log what they do by session.',
    });
    return bucket;
  }

  private deadLettersOf({ deployment, monitoring }: ImportPipelineProps): DeadLetterQueue {
    return new DeadLetterQueue(this, 'DeadLetters', {
      monitoring,
      queueName: `rollcall-${deployment.settings.stage}-dead-letter`,
      alarmName: 'chunk-failed',
      failure: {
        meaning: 'Part of an import was given up: its rows were not imported, and its session ended in ERROR.',
        runbook: 'a-chunk-failed',
      },
    });
  }

  private failedChunksOf({ deployment, monitoring }: ImportPipelineProps): QueueWithFunction {
    return new QueueWithFunction(this, 'FailedChunks', {
      deployment,
      monitoring,
      queueName: 'failed-chunks',
      functionName: 'fail-chunk',
      description: 'Marks a chunk that failed for good, ends its session in ERROR and leaves it to a person',
      timeoutSeconds: 60,
      memoryMiB: 512,
      delivery: { batchSize: 1, maxReceiveCount: 10 },
      givenUp: { queue: this.deadLetters.queue },
      late: {
        meaning: 'An import that failed still says IMPORTING: its caller waits for an end that does not come.',
        runbook: 'failed-chunks-are-late',
        afterMinutes: 15,
      },
    });
  }

  private chunksOf(
    { deployment, monitoring }: ImportPipelineProps,
    failedChunks: QueueWithFunction,
  ): QueueWithFunction {
    return new QueueWithFunction(this, 'Chunks', {
      deployment,
      monitoring,
      queueName: 'chunks',
      functionName: 'import-chunk',
      description: 'Imports one chunk of rows: claims, contacts, segments, events, outcomes',
      timeoutSeconds: deployment.settings.chunkTimeoutSeconds,
      // From 1769 MB a function has a whole processor, which is what a chunk is limited by.
      memoryMiB: 1769,
      delivery: { batchSize: 1, maxConcurrency: deployment.settings.importConcurrency, maxReceiveCount: 5 },
      givenUp: { queue: failedChunks.queue },
      late: {
        meaning: 'Imports are late: contacts that callers sent are not stored yet, though none is lost.',
        runbook: 'imports-are-late',
        afterMinutes: 30,
      },
    });
  }
}
