import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import type { Deployment } from '../deployment.ts';
import { passMatching, passReading } from '../pass-reading.ts';
import type { ContactStore } from './contact-store.ts';
import type { ImportPipeline } from './import-pipeline.ts';
import type { Monitoring } from './monitoring.ts';
import { QueueWithFunction } from './queue-with-function.ts';

/** What files are cut with. */
export interface FileSplitsProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
  readonly imports: ImportPipeline;
  /** The queue for messages that kept failing: its function ends their sessions. */
  readonly givenUp: IQueue;
}

/**
 * Node's options for the functions that cut files, so that the process never has more than 256 MB resident: Node would
 * let its heap grow as far as the function's memory goes, though a window takes a tenth of that.
 */
export const splitHeap = '--max-semi-space-size=8 --max-old-space-size=130';

/** The longest that a function can run (an AWS Lambda limit). */
const longestSeconds = 900;

/** The queues of files that are cut into chunks, and of chunks that are only tried. */
export class FileSplits extends Construct {
  private readonly splits: QueueWithFunction;
  private readonly predictions: QueueWithFunction;

  constructor(scope: Construct, id: string, props: FileSplitsProps) {
    super(scope, id);
    this.predictions = this.predictionsOf(props);
    this.splits = this.splitsOf(props);
  }

  /** Lets a function have files cut into chunks, and gives it the queue. */
  grantSplit(fn: LambdaFunction): void {
    this.splits.grantSend(fn);
  }

  /** Lets a function have a dry run begun or resumed, and gives it the queue. */
  grantPredict(fn: LambdaFunction): void {
    this.predictions.grantSend(fn);
  }

  /** The queues of files to cut and of dry runs. */
  get queues(): readonly IQueue[] {
    return [this.splits.queue, this.predictions.queue];
  }

  private splitsOf({ deployment, monitoring, store, imports, givenUp }: FileSplitsProps): QueueWithFunction {
    const { splitTimeoutSeconds, uploadMaxMegabytes } = deployment.settings;
    const splits = new QueueWithFunction(this, 'Files', {
      deployment,
      monitoring,
      queueName: 'uploads-split',
      functionName: 'split-upload',
      description: 'Cuts an uploaded file into chunks of rows, window by window',
      timeoutSeconds: splitTimeoutSeconds,
      // From 1769 MB a function has a whole processor, which is what reading a file is limited by.
      memoryMiB: 1769,
      // Two who cut one file do no harm, so one that was killed need not wait for long.
      delivery: { batchSize: 1, maxReceiveCount: 5, againAfterSeconds: splitTimeoutSeconds + 30 },
      givenUp: { queue: givenUp },
      late: {
        meaning: 'Files that callers sent are not read yet: their imports say STARTED.',
        runbook: 'files-are-read-late',
        afterMinutes: 60,
      },
    });
    const { fn } = splits;
    store.grant(fn, 'splitUploads');
    imports.bucket.grantTakeUploads(fn);
    imports.bucket.grantPutWindows(fn);
    imports.grantQueueChunks(fn);
    splits.grantQueueAgain();
    this.predictions.grantSend(fn);
    passReading(fn, deployment.settings);
    fn.addEnvironment(environmentNames.uploadMaxMegabytes, String(uploadMaxMegabytes));
    fn.addEnvironment('NODE_OPTIONS', splitHeap);
    return splits;
  }

  private predictionsOf({ deployment, monitoring, store, imports, givenUp }: FileSplitsProps): QueueWithFunction {
    const predictions = new QueueWithFunction(this, 'DryRuns', {
      deployment,
      monitoring,
      queueName: 'dry-runs',
      functionName: 'predict-import',
      description: 'Predicts for every row what an import would do, and writes nothing',
      timeoutSeconds: longestSeconds,
      // It remembers whom rows further down mention again, up to 300,000 contacts.
      memoryMiB: 2048,
      delivery: { batchSize: 1, maxReceiveCount: 5, againAfterSeconds: longestSeconds + 30 },
      givenUp: { queue: givenUp },
      late: {
        meaning: 'Dry runs of files wait: the people who asked what an import would do have no answer yet.',
        runbook: 'dry-runs-are-late',
        afterMinutes: 60,
      },
    });
    const { fn } = predictions;
    store.grant(fn, 'predictImports');
    passMatching(fn, deployment.settings);
    // Only files are tried, and requests are not.
    imports.bucket.grantReadWindows(fn);
    imports.bucket.grantPutOutcomes(fn);
    imports.bucket.grantCarryOverlays(fn);
    predictions.grantQueueAgain();
    return predictions;
  }
}
