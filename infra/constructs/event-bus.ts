import { EventBus as Bus, IncludeDetail, Level, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import { eventSource } from '#names/events.ts';
import type { Deployment } from '../deployment.ts';
import { passIdentities } from '../pass-reading.ts';
import { BusLog } from './bus-log.ts';
import type { ContactStore } from './contact-store.ts';
import type { Monitoring } from './monitoring.ts';
import { QueueWithFunction } from './queue-with-function.ts';

/** What the bus and its log work with. */
export interface EventBusProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
}

/** The bus that workflows listen to, and the event log that keeps whatever passed over it. */
export class EventBus extends Construct {
  readonly bus: Bus;
  readonly eventLog: QueueWithFunction;
  private readonly tellsSegmentChanges: boolean;

  constructor(scope: Construct, id: string, { deployment, monitoring, store }: EventBusProps) {
    super(scope, id);
    this.tellsSegmentChanges = deployment.settings.segmentEvents;
    this.bus = new Bus(this, 'Bus', {
      eventBusName: `rollcall-${deployment.settings.stage}`,
      description: 'What Rollcall publishes for workflows: one event a fact, at least once',
      logConfig: { level: Level.ERROR, includeDetail: IncludeDetail.NONE },
    });
    new BusLog(this, 'Log', { deployment, bus: this.bus });
    this.eventLog = new QueueWithFunction(this, 'EventLog', {
      deployment,
      monitoring,
      queueName: 'event-log',
      functionName: 'log-events',
      description: 'Keeps every event of the bus in the event log',
      timeoutSeconds: 30,
      memoryMiB: 512,
      delivery: { batchSize: 100, batchWindowSeconds: 1, maxReceiveCount: 5 },
      givenUp: {
        meaning: 'The event log lacks events; the workflows themselves got them.',
        runbook: 'the-event-log-lacks-events',
      },
      late: {
        meaning: 'The event log is behind: it does not show the newest events yet.',
        runbook: 'the-event-log-is-behind',
        afterMinutes: 15,
      },
    });
    store.grant(this.eventLog.fn, 'appendEvents');
    passIdentities(this.eventLog.fn, deployment.settings);
    new Rule(this, 'Everything', {
      eventBus: this.bus,
      description: 'Every event of Rollcall, for the event log',
      eventPattern: { source: [eventSource] },
      targets: [new SqsQueue(this.eventLog.queue, { deadLetterQueue: this.eventLog.deadLetterQueue })],
    });
  }

  /** Lets a function that changes segments publish events, and tells it whether to publish those changes. */
  grantPublishWithSegments(fn: LambdaFunction): void {
    this.grantPublish(fn);
    fn.addEnvironment(environmentNames.segmentEvents, String(this.tellsSegmentChanges));
  }

  /** Lets a function publish events, and gives it the bus. */
  grantPublish(fn: LambdaFunction): void {
    fn.addEnvironment(environmentNames.eventBusName, this.bus.eventBusName);
    fn.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] }));
  }
}
