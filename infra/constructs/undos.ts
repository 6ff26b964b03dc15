import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import type { Deployment } from '../deployment.ts';
import type { ContactStore } from './contact-store.ts';
import type { Counts } from './counts.ts';
import type { Erasures } from './erasures.ts';
import type { EventBus } from './event-bus.ts';
import type { ImportPipeline } from './import-pipeline.ts';
import type { Monitoring } from './monitoring.ts';
import { QueueWithFunction } from './queue-with-function.ts';

/** What undoing imports works with. */
export interface UndosProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
  readonly bus: EventBus;
  readonly imports: ImportPipeline;
  readonly erasures: Erasures;
  readonly counts: Counts;
}

/** The queue of imports that are to be undone, and the function that undoes them. */
export class Undos extends Construct {
  private readonly queue: QueueWithFunction;

  constructor(
    scope: Construct,
    id: string,
    { deployment, monitoring, store, bus, imports, erasures, counts }: UndosProps,
  ) {
    super(scope, id);
    this.queue = new QueueWithFunction(this, 'Undos', {
      deployment,
      monitoring,
      queueName: 'undos',
      functionName: 'undo-rows',
      description: 'Undoes imports, chunk by chunk',
      timeoutSeconds: 900,
      memoryMiB: 1024,
      delivery: { batchSize: 1, maxReceiveCount: 5 },
      givenUp: {
        meaning: 'An import is undone in part: some of its contacts are still as it made them.',
        runbook: 'an-undo-stopped',
      },
      late: {
        meaning: 'Imports that people asked to undo are still as they are.',
        runbook: 'undos-are-late',
        afterMinutes: 60,
      },
    });
    const { fn } = this.queue;
    store.grant(fn, 'undoImports');
    imports.bucket.grantUndo(fn);
    erasures.grantErase(fn);
    counts.grantTell(fn);
    bus.grantPublishWithSegments(fn);
    fn.addEnvironment(environmentNames.removalEvents, String(deployment.settings.removalEvents));
    this.queue.grantQueueAgain();
  }

  /** Lets a function have an import undone, and gives it the queue. */
  grantUndo(fn: LambdaFunction): void {
    this.queue.grantSend(fn);
  }
}
