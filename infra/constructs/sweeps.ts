import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { queueUrlVariable } from '#names/environment.ts';
import type { Deployment } from '../deployment.ts';
import type { ContactStore } from './contact-store.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Erasures } from './erasures.ts';
import type { EventBus } from './event-bus.ts';
import type { ImportPipeline } from './import-pipeline.ts';
import { InlineRole } from './inline-role.ts';
import type { Messages } from './messages.ts';
import type { Monitoring } from './monitoring.ts';
import { NodeFunction } from './node-function.ts';
import type { Uploads } from './uploads.ts';
import type { Workflows } from './workflows.ts';

/** What sweeps work with. */
export interface SweepsProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
  readonly imports: ImportPipeline;
  readonly uploads: Uploads;
  readonly bus: EventBus;
  readonly erasures: Erasures;
  readonly messages: Messages;
  readonly workflows: Workflows;
}

/** The function that now and then looks for work whose messages were lost, and the schedule that starts it. */
export class Sweeps extends Construct {
  constructor(scope: Construct, id: string, props: SweepsProps) {
    super(scope, id);
    const { deployment, monitoring, store, imports, uploads, erasures } = props;
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      monitoring,
      queueName: `rollcall-${deployment.settings.stage}-sweeps-dead-letter`,
      alarmName: 'sweep-failed',
      failure: {
        meaning:
          'Work that crashed half way is not found: imports may say IMPORTING and messages QUEUED until a sweep succeeds.',
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
    resumeBy(fn, props);
    const queues = [...imports.queues, ...uploads.queues, erasures.waiting];
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

/** Lets a function queue messages, erasures and runs again, and publish the events of orders. */
const resumeBy = (fn: LambdaFunction, { store, bus, erasures, messages, workflows }: SweepsProps): void => {
  store.grant(fn, 'sweepUnfinished');
  bus.grantPublish(fn);
  erasures.grantErase(fn);
  messages.grantQueueOnly(fn);
  workflows.grantStart(fn);
};
