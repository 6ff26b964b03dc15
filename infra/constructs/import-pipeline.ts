import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { environmentNames, queueUrlVariable } from '#names/environment.ts';
import type { Deployment } from '../deployment.ts';
import { passMatching } from '../pass-reading.ts';
import { allowSending } from './allow-sending.ts';
import type { ContactStore } from './contact-store.ts';
import type { Counts } from './counts.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { EventBus } from './event-bus.ts';
import { ImportBucket } from './import-bucket.ts';
import type { Monitoring } from './monitoring.ts';
import { QueueWithFunction } from './queue-with-function.ts';

/** What the import works with. */
export interface ImportPipelineProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
  readonly bus: EventBus;
  readonly counts: Counts;
}

/** The bucket of rows and outcomes, and the queues that take chunks to their function or, at last, to a person. */
export class ImportPipeline extends Construct {
  readonly bucket: ImportBucket;
  readonly chunks: QueueWithFunction;
  readonly deadLetters: DeadLetterQueue;
  private readonly failedChunks: QueueWithFunction;
  private readonly deployment: Deployment;

  constructor(scope: Construct, id: string, props: ImportPipelineProps) {
    super(scope, id);
    this.deployment = props.deployment;
    this.bucket = new ImportBucket(this, 'Bucket', props.deployment);
    this.deadLetters = this.deadLettersOf(props);
    this.failedChunks = this.failedChunksOf(props);
    this.chunks = this.chunksOf(props, this.failedChunks);
    this.grantWork(props, this.failedChunks.fn);
  }

  /** Lets a function store the rows of an import and queue its chunks, and gives it bucket and queue. */
  grantAccept(fn: LambdaFunction): void {
    this.bucket.grantPutRows(fn);
    this.grantQueueChunks(fn);
  }

  /** Lets a function queue chunks, and gives it the queue. */
  grantQueueChunks(fn: LambdaFunction): void {
    this.chunks.grantSend(fn);
  }

  /** Lets a function give chunks up, and gives it the queue. */
  grantFailChunks(fn: LambdaFunction): void {
    this.failedChunks.grantSend(fn);
  }

  /** The queues that the chunks of imports pass through. */
  get queues(): readonly IQueue[] {
    return [this.chunks.queue, this.failedChunks.queue];
  }

  private grantWork({ store, bus, counts }: ImportPipelineProps, failChunk: LambdaFunction): void {
    const importChunk = this.chunks.fn;
    store.grant(importChunk, 'import');
    counts.grantTell(importChunk);
    this.bucket.grantKeepFormer(importChunk);
    bus.grantPublishWithSegments(importChunk);
    passMatching(importChunk, this.deployment.settings);
    importChunk.addEnvironment(environmentNames.fieldChangeEvents, String(this.deployment.settings.fieldChangeEvents));

    store.grant(failChunk, 'endImports');
    allowSending(failChunk, this.deadLetters.queue, queueUrlVariable('dead-letter'));
    for (const fn of [importChunk, failChunk]) {
      this.bucket.grantReadRows(fn);
      this.bucket.grantPutOutcomes(fn);
    }
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
      description: 'Marks a chunk that failed for good, ends its session in ERROR and leaves it to an engineer',
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
      delivery: { batchSize: 1, maxReceiveCount: 5 },
      givenUp: { queue: failedChunks.queue },
      late: {
        meaning: 'Imports are late: contacts that callers sent are not stored yet, though none is lost.',
        runbook: 'imports-are-late',
        afterMinutes: 30,
      },
    });
  }
}
