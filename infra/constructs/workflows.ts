import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import { eventSource } from '#names/events.ts';
import type { Deployment } from '../deployment.ts';
import { passIdentities, passMatching, passReading } from '../pass-reading.ts';
import { launchPaceMilliseconds, runnerConcurrency } from '../queue-concurrency.ts';
import type { ContactStore } from './contact-store.ts';
import type { EventBus } from './event-bus.ts';
import type { Messages } from './messages.ts';
import { alarmPeriod, type Monitoring } from './monitoring.ts';
import { NodeFunction } from './node-function.ts';
import { QueueWithFunction } from './queue-with-function.ts';
import { RunMachine } from './run-machine.ts';

/** What workflows work with. */
export interface WorkflowsProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
  readonly bus: EventBus;
  readonly messages: Messages;
  /** The address at which people open the links of messages. */
  readonly publicUrl: string;
}

/** Stored workflows at work: every event of the bus may launch some, and a state machine carries their runs on. */
export class Workflows extends Construct {
  private readonly machineArn: string;

  constructor(scope: Construct, id: string, props: WorkflowsProps) {
    super(scope, id);
    const { deployment, monitoring, bus } = props;
    const stateMachineName = `rollcall-${deployment.settings.stage}-workflows`;
    // The machine names the function that it runs, which therefore names the machine by its name alone.
    this.machineArn = Stack.of(this).formatArn({
      service: 'states',
      resource: 'stateMachine',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      resourceName: stateMachineName,
    });
    const launcher = this.launcherOf(props);
    const runner = this.runnerOf(props);
    const { machine } = new RunMachine(this, 'Runs', { stateMachineName, runner });
    new Rule(this, 'Events', {
      eventBus: bus.bus,
      description: 'Every event of Rollcall, for stored workflows',
      eventPattern: { source: [eventSource] },
      targets: [new SqsQueue(launcher.queue, { deadLetterQueue: launcher.deadLetterQueue })],
    });
    monitoring.alarm('workflow-runs-failed', {
      metric: machine.metricFailed({ period: alarmPeriod, statistic: 'Sum' }),
      threshold: 1,
      failure: {
        meaning: 'A run of a workflow failed: its remaining steps were not done.',
        runbook: 'a-workflow-run-failed',
      },
    });
  }

  /** Lets a function start runs again. */
  grantStart(fn: LambdaFunction): void {
    this.allow(fn, ['states:StartExecution']);
  }

  private launcherOf({ deployment, monitoring, store }: WorkflowsProps): QueueWithFunction {
    const pace = launchPaceMilliseconds(deployment.settings);
    const launcher = new QueueWithFunction(this, 'Launches', {
      deployment,
      monitoring,
      queueName: 'workflow-events',
      functionName: 'launch-workflows',
      description: 'Launches the workflows of events, and wakes the runs that wait for them',
      timeoutSeconds: 60,
      memoryMiB: 512,
      // The workflows are read once a batch, and an import raises thousands of events; a batch at a pace has to end in time.
      delivery: { batchSize: pace === 0 ? 100 : 25, batchWindowSeconds: 1, maxReceiveCount: 8 },
      givenUp: {
        meaning: 'Events launched no workflows, and runs that wait for them keep waiting.',
        runbook: 'events-launched-no-workflows',
      },
      late: {
        meaning: 'Workflows begin late, and runs that wait for events resume late.',
        runbook: 'workflows-are-late',
        afterMinutes: 15,
      },
    });
    store.grant(launcher.fn, 'launchWorkflows');
    store.grant(launcher.fn, 'noteForSweep');
    this.allow(launcher.fn, ['states:StartExecution', 'states:SendTaskSuccess']);
    passIdentities(launcher.fn, deployment.settings);
    launcher.fn.addEnvironment(
      environmentNames.workflowRunRetentionDays,
      String(deployment.settings.workflowRunRetentionDays),
    );
    launcher.fn.addEnvironment(environmentNames.launchPaceMilliseconds, String(pace));
    return launcher;
  }

  private runnerOf({ deployment, store, bus, messages, publicUrl }: WorkflowsProps): NodeFunction {
    const runner = new NodeFunction(this, 'Runner', {
      deployment,
      name: 'run-workflow',
      description: 'Takes the steps of a workflow run',
      timeoutSeconds: 60,
      memoryMiB: 1024,
      ...runnerConcurrency(deployment.settings),
    });
    store.grant(runner, 'runWorkflows');
    messages.grantSend(runner);
    bus.grantPublishWithSegments(runner);
    passReading(runner, deployment.settings);
    passMatching(runner, deployment.settings);
    this.allow(runner, ['states:SendTaskSuccess']);
    runner.addEnvironment(environmentNames.publicUrl, publicUrl);
    runner.addEnvironment(environmentNames.confirmationLinkDays, String(deployment.settings.confirmationLinkDays));
    return runner;
  }

  private allow(fn: LambdaFunction, actions: string[]): void {
    fn.addEnvironment(environmentNames.workflowMachineArn, this.machineArn);
    fn.addToRolePolicy(new PolicyStatement({ actions, resources: [this.machineArn] }));
  }
}
