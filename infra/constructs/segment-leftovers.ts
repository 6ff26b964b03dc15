import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import type { ContactStore } from './contact-store.ts';
import type { EventBus } from './event-bus.ts';
import type { Monitoring } from './monitoring.ts';
import { QueueWithFunction } from './queue-with-function.ts';

/** What the leftovers of segments are removed with. */
export interface SegmentLeftoversProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
  readonly bus: EventBus;
}

/** The queue of segments that were emptied or deleted, and the function that removes what is left in them. */
export class SegmentLeftovers extends Construct {
  private readonly queue: QueueWithFunction;

  constructor(scope: Construct, id: string, { deployment, monitoring, store, bus }: SegmentLeftoversProps) {
    super(scope, id);
    this.queue = new QueueWithFunction(this, 'Leftovers', {
      deployment,
      monitoring,
      queueName: 'segment-leftovers',
      functionName: 'empty-segment',
      description: 'Removes the memberships of segments that were emptied or deleted',
      timeoutSeconds: 900,
      memoryMiB: 1024,
      delivery: { batchSize: 1, maxReceiveCount: 5 },
      givenUp: {
        meaning: 'Memberships of a segment that was emptied or deleted are still stored, though no caller sees them.',
        runbook: 'leftovers-of-a-segment-stay',
      },
      late: {
        meaning: 'Segments that were emptied or deleted are cleared late; to callers they are empty already.',
        runbook: 'segments-are-cleared-late',
        afterMinutes: 180,
      },
    });
    const { fn } = this.queue;
    store.grant(fn, 'removeLeftovers');
    bus.grantPublishWithSegments(fn);
    this.queue.grantQueueAgain();
  }

  /** Lets a function have what is left in a segment removed, and gives it the queue. */
  grantLeave(fn: LambdaFunction): void {
    this.queue.grantSend(fn);
  }
}
