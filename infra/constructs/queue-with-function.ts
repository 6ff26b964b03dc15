import { Duration, Validations } from 'aws-cdk-lib';
import { CfnFunction, type Function as LambdaFunction, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { queueUrlVariable } from '#names/environment.ts';
import type { Deployment } from '../deployment.ts';
import { concurrencyOf, type WorkQueue } from '../queue-concurrency.ts';
import { allowSending } from './allow-sending.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { alarmPeriod, type Failure, type Monitoring } from './monitoring.ts';
import { NodeFunction } from './node-function.ts';

/** How a queue hands its messages to its function. */
export interface Delivery {
  readonly batchSize: number;
  readonly batchWindowSeconds?: number;
  /**
   * When a message comes again whose function was killed, if six times its time-out is too late and deliveries that
   * overlap do no harm.
   */
  readonly againAfterSeconds?: number;
  /** Whether messages only wait; they are worked on if absent. */
  readonly isPaused?: boolean;
  /** Deliveries after which a message is given up. */
  readonly maxReceiveCount: number;
}

/** A queue, the function that works on it, and what it means to people when either fails. */
export interface QueueWithFunctionProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  /** The queue's name within the deployment, e.g. `chunks`; how many functions it may have at work goes by it. */
  readonly queueName: WorkQueue;
  /** The function's folder under `functions/`. */
  readonly functionName: string;
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  /** How long the queue holds each message back. */
  readonly delaySeconds?: number;
  readonly delivery: Delivery;
  /** What it means to people that a message was given up; or the queue whose function deals with it. */
  readonly givenUp: Failure | { readonly queue: IQueue };
  /** What it means to people that messages wait for too long. */
  readonly late: Failure & { readonly afterMinutes: number };
}

/** A queue with its function, its dead-letter queue and its alarms; failures within a batch are reported one by one. */
export class QueueWithFunction extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: IQueue;
  readonly fn: NodeFunction;
  private readonly queueName: WorkQueue;
  /** How many batches are worked on at once. */
  readonly maxConcurrency: number;

  constructor(scope: Construct, id: string, props: QueueWithFunctionProps) {
    super(scope, id);
    this.queueName = props.queueName;
    this.maxConcurrency = concurrencyOf(props.queueName, props.deployment.settings);
    this.deadLetterQueue =
      'queue' in props.givenUp ? props.givenUp.queue : this.ownDeadLetterQueue(props, props.givenUp);
    this.queue = new Queue(this, 'Queue', {
      queueName: `rollcall-${props.deployment.settings.stage}-${props.queueName}`,
      // AWS advises six times the function's timeout, so that no delivery overlaps a running one.
      visibilityTimeout: Duration.seconds(props.delivery.againAfterSeconds ?? 6 * props.timeoutSeconds),
      ...(props.delaySeconds !== undefined && { deliveryDelay: Duration.seconds(props.delaySeconds) }),
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: props.delivery.maxReceiveCount },
    });
    this.fn = this.functionOf(props);
    props.monitoring.alarm(`${props.queueName}-late`, {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: props.late.afterMinutes * 60,
      failure: props.late,
    });
  }

  /** Lets a function send to the queue, and gives it the queue. */
  grantSend(fn: LambdaFunction): void {
    allowSending(fn, this.queue, queueUrlVariable(this.queueName));
  }

  /**
   * Lets the function queue the rest of its work here, and gives it the queue. Lambda would stop a chain of such
   * messages after 16 (https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html), unless the function
   * says that it means it.
   */
  grantQueueAgain(): void {
    this.grantSend(this.fn);
    const { defaultChild } = this.fn.node;
    if (CfnFunction.isCfnFunction(defaultChild)) defaultChild.recursiveLoop = RecursiveLoop.ALLOW;
  }

  private functionOf({
    deployment,
    functionName,
    description,
    timeoutSeconds,
    memoryMiB,
    delivery,
  }: QueueWithFunctionProps) {
    const fn = new NodeFunction(this, 'Function', {
      deployment,
      name: functionName,
      description,
      timeoutSeconds,
      memoryMiB,
    });
    fn.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: delivery.batchSize,
        reportBatchItemFailures: true,
        ...(delivery.batchWindowSeconds !== undefined && {
          maxBatchingWindow: Duration.seconds(delivery.batchWindowSeconds),
        }),
        maxConcurrency: this.maxConcurrency,
        ...(delivery.isPaused && { enabled: false }),
      }),
    );
    Validations.of(fn).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'A queue keeps what failed and moves it to its dead-letter queue; destinations are for streams.',
    });
    return fn;
  }

  private ownDeadLetterQueue({ deployment, monitoring, queueName }: QueueWithFunctionProps, failure: Failure): IQueue {
    return new DeadLetterQueue(this, 'DeadLetters', {
      monitoring,
      queueName: `rollcall-${deployment.settings.stage}-${queueName}-dead-letter`,
      alarmName: `${queueName}-given-up`,
      failure,
    }).queue;
  }
}
