import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alarmPeriod, type Failure, type Monitoring } from './monitoring.ts';

/** A terminal queue, and what it means to people that something lies in it. */
export interface DeadLetterQueueProps {
  readonly monitoring: Monitoring;
  readonly queueName: string;
  /** The name of its alarm, e.g. `chunk-failed`. */
  readonly alarmName: string;
  readonly failure: Failure;
}

/** A queue that waits 14 days for a person, and the alarm that calls one. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { monitoring, queueName, alarmName, failure }: DeadLetterQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      queueName,
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    Validations.of(this.queue).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'It is where messages end: nothing receives them but a person, whom the alarm calls.',
    });
    monitoring.show({ queueName, queueUrl: this.queue.queueUrl, alarmName, runbook: failure.runbook });
    monitoring.alarm(alarmName, {
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: 1,
      failure,
    });
  }
}
