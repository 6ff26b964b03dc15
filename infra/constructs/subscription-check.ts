import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import type { ContactStore } from './contact-store.ts';
import type { EventBus } from './event-bus.ts';
import type { Monitoring } from './monitoring.ts';
import { QueueWithFunction } from './queue-with-function.ts';

/** What the check works with. */
export interface SubscriptionCheckProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
  readonly bus: EventBus;
}

/** Checks each new subscriber after a while: an event that was not published is published then. */
export class SubscriptionCheck extends Construct {
  readonly subscriptions: QueueWithFunction;

  constructor(scope: Construct, id: string, { deployment, monitoring, store, bus }: SubscriptionCheckProps) {
    super(scope, id);
    this.subscriptions = new QueueWithFunction(this, 'Subscriptions', {
      deployment,
      monitoring,
      queueName: 'subscriptions',
      functionName: 'publish-subscription',
      description: 'Publishes the event of a new subscriber whose own request crashed before',
      timeoutSeconds: 30,
      memoryMiB: 512,
      delaySeconds: deployment.settings.subscriptionCheckSeconds,
      delivery: { batchSize: 10, maxReceiveCount: 5 },
      givenUp: {
        meaning: 'A new subscriber may have no event: no workflow has welcomed it or asked it to confirm.',
        runbook: 'a-subscription-was-not-told',
      },
      late: {
        meaning: 'Subscribers whose request was cut short are still waiting for their event.',
        runbook: 'subscription-checks-are-late',
        afterMinutes: 30,
      },
    });
    store.grant(this.subscriptions.fn, 'publishSubscriptions');
    bus.grantPublishWithSegments(this.subscriptions.fn);
  }

  /** Lets a function promise the event of a subscriber that it is about to store, and gives it the queue. */
  grantPromise(fn: LambdaFunction): void {
    this.subscriptions.grantSend(fn);
  }
}
