import { EventBus, type IEventBusRef, Match, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as BusTarget } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { eventSource } from '../../shared/names/events.ts';

/** Which events go to which bus. */
export interface EventForwardingProps {
  /** The bus of Rollcall. */
  readonly bus: IEventBusRef;
  /** The bus of another account or region: `ForwardedEvents` makes one. */
  readonly targetBusArn: string;
  /** Types of events, as they are spelled; all if absent. */
  readonly eventTypeKeys?: readonly string[];
  /** Whether events that callers raised go along; facts of Rollcall always do. */
  readonly withEventsOfCallers?: boolean;
  /** Where events wait for an engineer that the other bus did not take for a day. */
  readonly deadLetterQueue: IQueue;
}

/**
 * Forwards events to a bus of another account or region, by a role that may do this alone. The other bus has to let the
 * account in.
 *
 * ```ts
 * new EventForwarding(this, 'ToShop', {
 *   bus: EventBus.fromEventBusName(this, 'Rollcall', 'rollcall-prod'),
 *   targetBusArn: 'arn:aws:events:eu-central-1:222222222222:event-bus/rollcall-prod',
 *   eventTypeKeys: ['newContact'],
 *   deadLetterQueue,
 * });
 * ```
 */
export class EventForwarding extends Construct {
  constructor(scope: Construct, id: string, props: EventForwardingProps) {
    super(scope, id);
    const { bus, targetBusArn, eventTypeKeys, withEventsOfCallers = false, deadLetterQueue } = props;
    const target = EventBus.fromEventBusArn(this, 'Target', targetBusArn);
    new Rule(this, 'Rule', {
      eventBus: bus,
      description: `Events for ${targetBusArn}`,
      eventPattern: {
        source: [eventSource],
        ...(eventTypeKeys && { detailType: [...eventTypeKeys] }),
        ...(!withEventsOfCallers && { detail: { origin: Match.doesNotExist() } }),
      },
      targets: [new BusTarget(target, { deadLetterQueue })],
    });
  }
}
