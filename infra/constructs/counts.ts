import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import type { ContactStore } from './contact-store.ts';
import type { Monitoring } from './monitoring.ts';
import { QueueWithFunction } from './queue-with-function.ts';

/** What counting works with. */
export interface CountsProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
}

/** The queue of what happens to contacts and messages, and the function that counts it, many at a time. */
export class Counts extends Construct {
  private readonly queue: QueueWithFunction;

  constructor(scope: Construct, id: string, { deployment, monitoring, store }: CountsProps) {
    super(scope, id);
    const { countSeconds } = deployment.settings;
    this.queue = new QueueWithFunction(this, 'Counts', {
      deployment,
      monitoring,
      queueName: 'counts',
      functionName: 'count-contacts',
      description: 'Counts new contacts, confirmations and bounces',
      timeoutSeconds: 60,
      memoryMiB: 512,
      delivery: {
        batchSize: 500,
        batchWindowSeconds: countSeconds,
        // Amazon SQS advises six times the time-out, and the window.
        againAfterSeconds: 6 * 60 + countSeconds,
        maxReceiveCount: 5,
      },
      givenUp: {
        meaning: 'Contacts, confirmations or bounces are missing in the overview.',
        runbook: 'counts-are-missing',
      },
      late: {
        meaning: 'The overview is behind what happens.',
        runbook: 'counts-are-late',
        afterMinutes: 60,
      },
    });
    store.grant(this.queue.fn, 'count');
    this.queue.grantQueueAgain();
  }

  /** Lets a function tell what there is to count, and gives it the queue. */
  grantTell(fn: LambdaFunction): void {
    this.queue.grantSend(fn);
  }
}
