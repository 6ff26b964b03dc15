import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { EventBus } from './event-bus.ts';
import { EventConsumer } from './event-consumer.ts';
import type { Monitoring } from './monitoring.ts';
import { NodeFunction } from './node-function.ts';

/** What the example consumer listens to. */
export interface ExampleConsumerProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly bus: EventBus;
  readonly eventTypeKey: string;
}

/** The documented example of a workflow's first step: `welcome-contact` hears of each new contact. */
export class ExampleConsumer extends Construct {
  constructor(scope: Construct, id: string, { deployment, monitoring, bus, eventTypeKey }: ExampleConsumerProps) {
    super(scope, id);
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      monitoring,
      queueName: `rollcall-${deployment.settings.stage}-welcome-dead-letter`,
      alarmName: 'welcome-failed',
      failure: {
        meaning: 'New contacts were not welcomed: the example consumer failed on their events.',
        runbook: 'a-consumer-failed',
      },
    });
    const fn = new NodeFunction(this, 'Function', {
      deployment,
      name: 'welcome-contact',
      description: 'Example of a consumer: welcomes each new contact',
      timeoutSeconds: 15,
      memoryMiB: 512,
      deadLetterQueue: deadLetters.queue,
    });
    new EventConsumer(this, 'Consumer', { bus: bus.bus, eventTypeKey, fn, deadLetterQueue: deadLetters.queue });
  }
}
