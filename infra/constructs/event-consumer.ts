import { type IEventBusRef, type IRuleTarget, Match, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { eventSource } from '../../shared/names/events.ts';

/** Whom events are handed to: a function, or any target that a rule of EventBridge can have. */
export type EventReceiver =
  | {
      readonly fn: LambdaFunction;
      /** Where events wait for an engineer that could not be delivered to the function. */
      readonly deadLetterQueue: IQueue;
    }
  /** A function, a queue, a state machine or another bus; give it a dead-letter queue of its own. */
  | { readonly target: IRuleTarget };

/** Which events go to which receiver. */
export type EventConsumerProps = EventReceiver & {
  readonly bus: IEventBusRef;
  /** The event type key, e.g. the `eventKeyForNewContacts` of an import. */
  readonly eventTypeKey: string;
};

/**
 * Hands each event of one type to a function, or to whatever else EventBridge can: the launcher of a workflow of your own.
 * From another stack:
 *
 * ```ts
 * const bus = EventBus.fromEventBusName(this, 'Rollcall', 'rollcall-prod');
 * new EventConsumer(this, 'WelcomeNewContacts', { bus, eventTypeKey: 'newContact', fn: welcome, deadLetterQueue });
 * new EventConsumer(this, 'OnBoard', {
 *   bus,
 *   eventTypeKey: 'subscribeFromApi-trial',
 *   target: new SfnStateMachine(onBoarding, { deadLetterQueue }),
 * });
 * ```
 *
 * Types of the system and of subscriptions are taken in any case of their letters. An event may come more than once,
 * always with the same `detail.eventId`: its receiver has to drop repeats.
 */
export class EventConsumer extends Construct {
  constructor(scope: Construct, id: string, { bus, eventTypeKey, ...receiver }: EventConsumerProps) {
    super(scope, id);
    new Rule(this, 'Rule', {
      eventBus: bus,
      description: `Events of type ${eventTypeKey}`,
      eventPattern: { source: [eventSource], detailType: detailTypeOf(eventTypeKey) },
      targets: [
        'target' in receiver
          ? receiver.target
          : new LambdaTarget(receiver.fn, { deadLetterQueue: receiver.deadLetterQueue }),
      ],
    });
  }
}

/** The same types as in `eventTypeId` of the domain, which the stack cannot import. */
const detailTypeOf = (eventTypeKey: string): string[] =>
  /^(sys|subscribe(update)?fromapi)/i.test(eventTypeKey) ? Match.equalsIgnoreCase(eventTypeKey) : [eventTypeKey];
