import { EventBus } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { eventSource } from '../../shared/names/events.ts';

/** Whose events a bus takes. */
export interface ForwardedEventsProps {
  /** The account in which Rollcall runs. */
  readonly fromAccount: string;
  /** The name of the bus; that of Rollcall's own keeps rules the same in both accounts. */
  readonly busName: string;
}

/**
 * A bus for the events that another account forwards by `EventForwarding`. Its policy takes events of Rollcall from that
 * account and nothing else.
 *
 * ```ts
 * const { bus } = new ForwardedEvents(this, 'Rollcall', { fromAccount: '111111111111', busName: 'rollcall-prod' });
 * new EventConsumer(this, 'Welcome', { bus, eventTypeKey: 'newContact', fn: welcome, deadLetterQueue });
 * ```
 */
export class ForwardedEvents extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { fromAccount, busName }: ForwardedEventsProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', { eventBusName: busName });
    this.bus.addToResourcePolicy(
      new PolicyStatement({
        sid: 'EventsOfRollcall',
        principals: [new AccountPrincipal(fromAccount)],
        actions: ['events:PutEvents'],
        resources: [this.bus.eventBusArn],
        conditions: { StringEquals: { 'events:source': eventSource } },
      }),
    );
  }
}
