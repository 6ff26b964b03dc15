import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import type { Deployment } from '../deployment.ts';
import type { ContactStore } from './contact-store.ts';
import type { Counts } from './counts.ts';
import type { ImportPipeline } from './import-pipeline.ts';
import type { Monitoring } from './monitoring.ts';
import { QueueWithFunction } from './queue-with-function.ts';

/** What erasures work with. */
export interface ErasuresProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
  readonly imports: ImportPipeline;
  readonly counts: Counts;
}

/** The queue of erased contacts, and the function that wipes what they left behind. */
export class Erasures extends Construct {
  private readonly queue: QueueWithFunction;
  private readonly store: ContactStore;

  constructor(scope: Construct, id: string, { deployment, monitoring, store, imports, counts }: ErasuresProps) {
    super(scope, id);
    this.store = store;
    this.queue = new QueueWithFunction(this, 'Erasures', {
      deployment,
      monitoring,
      queueName: 'erasures',
      functionName: 'erase-traces',
      description: 'Wipes what erased contacts left in the table and in the files of imports',
      timeoutSeconds: 900,
      memoryMiB: 1024,
      // One walk through the imports serves a whole batch.
      delivery: { batchSize: 10, maxReceiveCount: 5 },
      givenUp: {
        meaning: 'A person was erased, and traces of them are still stored: events, orders, or rows of imports.',
        runbook: 'traces-are-left',
      },
      late: {
        meaning: 'A person was erased hours ago, and events, orders or rows of imports about them are still stored.',
        runbook: 'traces-are-wiped-late',
        afterMinutes: 180,
      },
    });
    const { fn } = this.queue;
    store.grant(fn, 'eraseTraces');
    store.grant(fn, 'forgetUnfinished');
    imports.bucket.grantBlank(fn);
    counts.grantTell(fn);
    this.queue.grantQueueAgain();
    fn.addEnvironment(environmentNames.defaultCountry, deployment.settings.defaultCountry);
  }

  /** Where erasures wait for their turn. */
  get waiting(): IQueue {
    return this.queue.queue;
  }

  /** Lets a function have the traces of contacts wiped, and gives it the queue. */
  grantErase(fn: LambdaFunction): void {
    this.store.grant(fn, 'noteForSweep');
    this.queue.grantSend(fn);
  }
}
