import { type IEventBusRef, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { eventSource } from '#names/events.ts';

/** Which events go to which function. */
export interface EventConsumerProps {
  readonly bus: IEventBusRef;
  /** The event type key, e.g. the `eventKeyForNewContacts` of an import. */
  readonly eventTypeKey: string;
  readonly fn: LambdaFunction;
  /** Where events wait for a person that could not be handed to the function. */
  readonly deadLetterQueue: IQueue;
}

/**
 * Calls a function with each event of one type: the first step of a workflow. From another stack:
 *
 * ```ts
 * new EventConsumer(this, 'WelcomeNewContacts', {
 *   bus: EventBus.fromEventBusName(this, 'Rollcall', 'rollcall-prod'),
 *   eventTypeKey: 'newContact',
 *   fn: welcome,
 *   deadLetterQueue: forgotten,
 * });
 * ```
 *
 * An event may come more than once, always with the same `detail.eventId`: the function has to drop repeats.
 */
export class EventConsumer extends Construct {
  constructor(scope: Construct, id: string, { bus, eventTypeKey, fn, deadLetterQueue }: EventConsumerProps) {
    super(scope, id);
    new Rule(this, 'Rule', {
      eventBus: bus,
      description: `Events of type ${eventTypeKey}`,
      eventPattern: { source: [eventSource], detailType: [eventTypeKey] },
      targets: [new LambdaTarget(fn, { deadLetterQueue })],
    });
  }
}
