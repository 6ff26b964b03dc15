import { Duration, Validations } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  type IChainable,
  IntegrationPattern,
  JitterType,
  JsonPath,
  StateMachine,
  StateMachineType,
  Succeed,
  TaskInput,
  type TaskStateBase,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { InlineRole } from './inline-role.ts';

/** What the machine is called, and the function that knows what a run does next. */
export interface RunMachineProps {
  readonly stateMachineName: string;
  readonly runner: LambdaFunction;
}

/**
 * The state machine that carries runs of all workflows on: it asks a function to go on with a run, waits as the answer
 * says, for a time or for an event, and asks again. Its executions hold the ids of runs and steps and nothing else.
 */
export class RunMachine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { stateMachineName, runner }: RunMachineProps) {
    super(scope, id);
    const role = new InlineRole(this, 'Role', new ServicePrincipal('states.amazonaws.com'));
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromChainable(this.definition(runner)),
      comment: 'Carries runs of workflows on, and waits for them',
      role,
      tracingEnabled: true,
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray has no resources: its actions can only be granted on *.',
    });
    Validations.of(this.machine).acknowledge({
      id: 'AwsSolutions-SF1',
      reason: 'Every run is recorded in the table step by step; a log of executions would say the same in ids.',
    });
  }

  private definition(runner: LambdaFunction): IChainable {
    const run = new LambdaInvoke(this, 'Run', {
      lambdaFunction: runner,
      comment: 'Takes the steps of a run until one has to wait, or it is over',
      payloadResponseOnly: true,
      retryOnServiceExceptions: false,
    });
    const failed = new Fail(this, 'Failed', {
      error: 'RunFailed',
      cause: 'GET /admin/v1/workflow-runs/{runId} says why',
    });
    const giveUp = new LambdaInvoke(this, 'GiveUp', {
      lambdaFunction: runner,
      comment: 'Notes that the run failed because the function did',
      payload: TaskInput.fromObject({ runId: JsonPath.stringAt('$.runId'), failure: JsonPath.objectAt('$.failure') }),
      payloadResponseOnly: true,
      resultPath: JsonPath.DISCARD,
      retryOnServiceExceptions: false,
    });
    const wait = new Wait(this, 'Wait', { time: WaitTime.timestampPath('$.until') });
    const awaitEvent = new LambdaInvoke(this, 'AwaitEvent', {
      lambdaFunction: runner,
      comment: 'Leaves a token for whoever hears of the event',
      integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      payload: TaskInput.fromObject({
        runId: JsonPath.stringAt('$.runId'),
        stepId: JsonPath.stringAt('$.stepId'),
        taskToken: JsonPath.taskToken,
      }),
      taskTimeout: Timeout.at('$.timeoutSeconds'),
      resultPath: JsonPath.DISCARD,
      retryOnServiceExceptions: false,
    });
    const next = new Choice(this, 'Next')
      .when(isMove('wait'), wait.next(run))
      .when(isMove('awaitEvent'), awaitEvent)
      .when(isMove('goOn'), run)
      .when(isMove('fail'), failed)
      .otherwise(new Succeed(this, 'Done'));

    for (const task of [run, awaitEvent, giveUp]) persist(task);
    awaitEvent.addCatch(run, { errors: [timedOut], resultPath: '$.timeout' });
    for (const task of [run, awaitEvent]) task.addCatch(giveUp, { errors: ['States.ALL'], resultPath: '$.failure' });
    awaitEvent.next(run);
    giveUp.next(failed);
    return run.next(next);
  }
}

const timedOut = 'States.Timeout';

const isMove = (kind: string): Condition => Condition.stringEquals('$.kind', kind);

/** A function that fails is asked again for about a quarter of an hour: whatever it did is done once. */
const persist = (task: TaskStateBase): void => {
  task.addRetry({ errors: [timedOut], maxAttempts: 0 });
  task.addRetry({
    errors: ['States.ALL'],
    interval: Duration.seconds(2),
    backoffRate: 2,
    maxDelay: Duration.minutes(5),
    maxAttempts: 10,
    jitterStrategy: JitterType.FULL,
  });
};
