import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { environmentNames, queueUrlVariable } from '#names/environment.ts';
import type { Deployment } from '../deployment.ts';
import { allowSending } from './allow-sending.ts';
import type { ContactStore } from './contact-store.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { FileSplits } from './file-splits.ts';
import type { ImportPipeline } from './import-pipeline.ts';
import type { Monitoring } from './monitoring.ts';
import { QueueWithFunction } from './queue-with-function.ts';

/** What imports of files work with. */
export interface UploadsProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
  readonly imports: ImportPipeline;
}

/** The longest that a function can run (an AWS Lambda limit). */
const longestSeconds = 900;

/** The queues that take a caller's file from its link into the bucket, and from there into chunks. */
export class Uploads extends Construct {
  /** Files that are to be fetched, or lie in the bucket already. */
  readonly fetches: QueueWithFunction;
  /** Files in the bucket that are to be cut into chunks. */
  private readonly splits: FileSplits;
  /** Files that could be neither fetched nor cut: their sessions end in ERROR. */
  readonly failures: QueueWithFunction;

  constructor(scope: Construct, id: string, props: UploadsProps) {
    super(scope, id);
    this.failures = this.failuresOf(props);
    this.splits = new FileSplits(this, 'Splits', { ...props, givenUp: this.failures.queue });
    this.fetches = this.fetchesOf(props);
  }

  /** Lets a function have files imported, and gives it the queue. */
  grantImportFiles(fn: LambdaFunction): void {
    this.fetches.grantSend(fn);
  }

  /** Lets a function have files fetched, cut and tried again, and gives it the queues. */
  grantResume(fn: LambdaFunction): void {
    this.grantImportFiles(fn);
    this.splits.grantSplit(fn);
    this.splits.grantPredict(fn);
  }

  /** Lets a function have files cut or tried again and given up, and gives it the queues. */
  grantSweep(fn: LambdaFunction): void {
    this.splits.grantSplit(fn);
    this.splits.grantPredict(fn);
    this.failures.grantSend(fn);
  }

  /** The queues that files pass through. */
  get queues(): readonly IQueue[] {
    return [this.fetches.queue, ...this.splits.queues, this.failures.queue];
  }

  /**
   * The only function that follows a link: it may write the files of uploads, and of the table the sessions of imports.
   */
  private fetchesOf({ deployment, monitoring, store, imports }: UploadsProps): QueueWithFunction {
    const { httpLinks, uploadMaxMegabytes } = deployment.settings;
    const fetches = new QueueWithFunction(this, 'Fetches', {
      deployment,
      monitoring,
      queueName: 'uploads-fetch',
      functionName: 'fetch-upload',
      description: "Fetches a file from a caller's link into the bucket",
      timeoutSeconds: longestSeconds,
      memoryMiB: 1024,
      // A worker that takes a fetch over stops the worker that had it before, so a killed one need not wait for long.
      delivery: { batchSize: 1, maxReceiveCount: 5, againAfterSeconds: longestSeconds + 60 },
      givenUp: { queue: this.failures.queue },
      late: {
        meaning: 'Files that callers linked to are not fetched yet: their imports say STARTED.',
        runbook: 'files-are-fetched-late',
        afterMinutes: 60,
      },
    });
    const { fn } = fetches;
    store.grant(fn, 'fetchUploads');
    imports.bucket.grantPutUploads(fn);
    imports.bucket.grantAbortUploads(fn);
    fn.addEnvironment(environmentNames.httpLinks, String(httpLinks));
    fn.addEnvironment(environmentNames.uploadMaxMegabytes, String(uploadMaxMegabytes));
    fetches.grantQueueAgain();
    this.splits.grantSplit(fn);
    return fetches;
  }

  private failuresOf({ deployment, monitoring, store, imports }: UploadsProps): QueueWithFunction {
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      monitoring,
      queueName: `rollcall-${deployment.settings.stage}-uploads-dead-letter`,
      alarmName: 'upload-failed',
      failure: {
        meaning: 'The file of an import was given up for a reason of ours: its session ended in ERROR.',
        runbook: 'an-upload-failed',
      },
    });
    const failures = new QueueWithFunction(this, 'Failures', {
      deployment,
      monitoring,
      queueName: 'failed-uploads',
      functionName: 'fail-upload',
      description: 'Ends an import whose file failed for good in ERROR and leaves it to an engineer',
      timeoutSeconds: 60,
      memoryMiB: 512,
      delivery: { batchSize: 1, maxReceiveCount: 10 },
      givenUp: { queue: deadLetters.queue },
      late: {
        meaning: 'An import whose file failed still says STARTED: its caller waits for an end that does not come.',
        runbook: 'failed-uploads-are-late',
        afterMinutes: 15,
      },
    });
    store.grant(failures.fn, 'failUploads');
    imports.grantQueueChunks(failures.fn);
    allowSending(failures.fn, deadLetters.queue, queueUrlVariable('dead-letter'));
    return failures;
  }
}
