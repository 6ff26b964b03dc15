import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { queueUrlVariable } from '#names/environment.ts';
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
    fn.addEnvironment(queueUrlVariable('uploads-fetch'), uploads.fetches.queue.queueUrl);
    const role = new InlineRole(this, 'ScheduleRole', new ServicePrincipal('scheduler.amazonaws.com'));
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fn.functionArn] }));
    // CDK's own target lets the role call every version of the function, of which there are none.
    new CfnSchedule(this, 'Schedule', {
      description: 'Looks for work whose messages were lost',
      scheduleExpression: `rate(${deployment.settings.sweepMinutes} minutes)`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: { arn: fn.functionArn, roleArn: role.roleArn, retryPolicy: { maximumRetryAttempts: 2 } },
    });
  }
}
