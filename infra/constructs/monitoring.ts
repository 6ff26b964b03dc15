import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
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

/** The alarms of a deployment, and who hears of them. */
export class Monitoring extends Construct {
  private readonly stage: string;
  private readonly topic: Topic | undefined;

  constructor(scope: Construct, id: string, { settings }: Deployment) {
    super(scope, id);
    this.stage = settings.stage;
    this.topic = settings.alarmEmail === undefined ? undefined : this.topicFor(settings.alarmEmail);
  }

  /** An alarm whose description says what it means to people and which section of the runbook helps. */
  alarm(name: string, { metric, threshold, periods = 1, failure }: AlarmProps): Alarm {
    const alarm = new Alarm(this, name, {
      alarmName: `rollcall-${this.stage}-${name}`,
      alarmDescription: `${failure.meaning} See docs/runbook.md#${failure.runbook}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (this.topic) alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }

  private topicFor(email: string): Topic {
    const topic = new Topic(this, 'Topic', { displayName: `Rollcall ${this.stage} alarms`, enforceSSL: true });
    topic.addSubscription(new EmailSubscription(email));
    // A topic with a policy of its own loses the default one, which would let CloudWatch publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
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
