import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';

/** What a failure means to people, and which section of `docs/runbook.md` says where to look and what to do. */
export interface Failure {
  readonly meaning: string;
  /** The section's anchor, e.g. `imports-are-late`. */
  readonly runbook: string;
}

/** When an alarm rings: the metric reaches `threshold` in `periods` periods in a row. */
export interface AlarmProps {
  readonly metric: IMetric;
  readonly threshold: number;
  readonly periods?: number;
  readonly failure: Failure;
}

/** A queue of messages that were given up, the alarm that rings while any wait, and the section of the runbook. */
export interface WatchedQueue {
  readonly queueName: string;
  readonly queueUrl: string;
  readonly alarmName: string;
  readonly runbook: string;
}

/** The alarms of a deployment, and the topic that they are sent to. */
export class Monitoring extends Construct {
  readonly topic: ITopic;
  /** Every alarm so far, in the order in which they were made. */
  readonly alarms: Alarm[] = [];
  /** Every queue of messages that were given up, so far. */
  readonly deadLetters: WatchedQueue[] = [];
  private readonly stage: string;

  constructor(scope: Construct, id: string, { settings }: Deployment) {
    super(scope, id);
    this.stage = settings.stage;
    const { alarmTopicArn, alarmEmail } = settings;
    this.topic = alarmTopicArn === undefined ? this.ownTopic() : Topic.fromTopicArn(this, 'Topic', alarmTopicArn);
    if (alarmEmail !== undefined) this.topic.addSubscription(new EmailSubscription(alarmEmail));
  }

  /** An alarm whose description says what it means to people and which section of the runbook helps. */
  alarm(name: string, { metric, threshold, periods = 1, failure }: AlarmProps): Alarm {
    const alarm = new Alarm(this, name, {
      alarmName: this.nameOf(name),
      alarmDescription: `${failure.meaning} See docs/runbook.md#${failure.runbook}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    this.alarms.push(alarm);
    return alarm;
  }

  /** Has a queue of messages that were given up shown to people, beside its alarm. */
  show({ alarmName, ...queue }: WatchedQueue): void {
    this.deadLetters.push({ ...queue, alarmName: this.nameOf(alarmName) });
  }

  private nameOf(alarm: string): string {
    return `rollcall-${this.stage}-${alarm}`;
  }

  /** Anything can subscribe to it: a mailbox, a phone, a chat, a tool for incidents. */
  private ownTopic(): Topic {
    const topic = new Topic(this, 'Topic', { displayName: `Rollcall ${this.stage} alarms`, enforceSSL: true });
    // A topic with a policy of its own loses the default one, which would let these services of the account publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com'), new ServicePrincipal('budgets.amazonaws.com')],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    Validations.of(topic).acknowledge({
      id: 'AwsSolutions-SNS2',
      reason: 'Alarm messages hold no personal data, and a key that CloudWatch may use costs more than the alarms.',
    });
    Validations.of(topic).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason: 'A mail that cannot be delivered has nowhere else to go; the alarm itself stays in CloudWatch.',
    });
    return topic;
  }
}

/** The period that metrics of alarms are summed over. */
export const alarmPeriod = Duration.minutes(5);
