import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import type { Deployment } from '../deployment.ts';
import type { ContactStore } from './contact-store.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { ImportPipeline } from './import-pipeline.ts';
import { InlineRole } from './inline-role.ts';
import type { Monitoring } from './monitoring.ts';
import { NodeFunction } from './node-function.ts';
import type { Uploads } from './uploads.ts';

/** What sweeps work with. */
export interface SweepsProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
  readonly imports: ImportPipeline;
  readonly uploads: Uploads;
}

/** The function that now and then looks for work whose messages were lost, and the schedule that starts it. */
export class Sweeps extends Construct {
  constructor(scope: Construct, id: string, { deployment, monitoring, store, imports, uploads }: SweepsProps) {
    super(scope, id);
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      monitoring,
      queueName: `rollcall-${deployment.settings.stage}-sweeps-dead-letter`,
      alarmName: 'sweep-failed',
      failure: {
        meaning: 'Imports whose messages were lost are not found: they may say IMPORTING until a sweep succeeds.',
        runbook: 'a-sweep-failed',
      },
    });
    const fn = new NodeFunction(this, 'Function', {
      deployment,
      name: 'sweep-unfinished',
      description: 'Finds work whose messages were lost, and sends them again or ends it',
      timeoutSeconds: 300,
      memoryMiB: 512,
      deadLetterQueue: deadLetters.queue,
    });
    store.grant(fn, 'sweepImports');
    imports.grantQueueChunks(fn);
    imports.grantFailChunks(fn);
    uploads.grantSweep(fn);
    const queues = [...imports.queues, ...uploads.queues];
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['sqs:GetQueueAttributes'],
        resources: queues.map(({ queueArn }) => queueArn),
      }),
    );
    fn.addEnvironment(environmentNames.fetchQueueUrl, uploads.fetches.queue.queueUrl);
    new Schedule(this, 'Schedule', {
      schedule: ScheduleExpression.rate(Duration.minutes(deployment.settings.sweepMinutes)),
      description: 'Looks for work whose messages were lost',
      target: new LambdaInvoke(fn, {
        role: new InlineRole(this, 'ScheduleRole', new ServicePrincipal('scheduler.amazonaws.com')),
        retryAttempts: 2,
      }),
    });
  }
}
