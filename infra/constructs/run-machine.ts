import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { InlineRole } from './inline-role.ts';

/** What the machine is called, and the function that knows what a run does next. */
export interface RunMachineProps {
  readonly stateMachineName: string;
  readonly runner: LambdaFunction;
}

/**
 * The state machine that carries the runs of all workflows: it asks a function to continue a run, waits as the answer
 * says, for a time or for an event, and asks again. Its executions hold the ids of runs and steps and nothing else.
 */
export class RunMachine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { stateMachineName, runner }: RunMachineProps) {
    super(scope, id);
    const role = new InlineRole(this, 'Role', new ServicePrincipal('states.amazonaws.com'));
    // CDK's own task would let it invoke every version of the function.
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [runner.functionArn] }),
    );
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definitionOf(runner.functionArn))),
      role,
      tracingEnabled: true,
    });
    const reason = 'X-Ray has no resources: its actions can only be granted on *.';
    Validations.of(role).acknowledge({ id: 'AwsSolutions-IAM5[Resource::*]', reason });
    Validations.of(this.machine).acknowledge({
      id: 'AwsSolutions-SF1',
      reason: 'Every run is recorded in the table step by step; a log of executions would say the same in ids.',
    });
  }
}

/**
 * While all of the account's concurrency is at work, Lambda does not even take the call: the run waits, for half a day at
 * most. A function that fails is asked again for about a quarter of an hour: whatever it did is done once. Time-outs are no
 * failures.
 */
const persistently = [
  { ErrorEquals: ['States.Timeout'], MaxAttempts: 0 },
  {
    ErrorEquals: ['Lambda.TooManyRequestsException'],
    IntervalSeconds: 1,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    MaxAttempts: 1500,
    JitterStrategy: 'FULL',
  },
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxDelaySeconds: 300,
    MaxAttempts: 12,
    JitterStrategy: 'FULL',
  },
];

const givesUp = { ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'GiveUp' };

const goesTo = (kind: string, Next: string) => ({ Variable: '$.kind', StringEquals: kind, Next });

/** In the Amazon States Language. What the function answers is the state, and goes back to it as its next input. */
const definitionOf = (functionArn: string) => ({
  Comment: 'Carries runs of workflows on, and waits for them',
  StartAt: 'Run',
  States: {
    Run: {
      Comment: 'Takes the steps of a run until one has to wait, or it is over',
      Type: 'Task',
      Resource: functionArn,
      Retry: persistently,
      Catch: [givesUp],
      Next: 'Next',
    },
    Next: {
      Type: 'Choice',
      Choices: [
        goesTo('wait', 'Wait'),
        goesTo('awaitEvent', 'AwaitEvent'),
        goesTo('goOn', 'Run'),
        goesTo('fail', 'Failed'),
      ],
      Default: 'Done',
    },
    Wait: { Type: 'Wait', TimestampPath: '$.until', Next: 'Run' },
    AwaitEvent: {
      Comment: 'Leaves a token that the event is answered with',
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: {
        FunctionName: functionArn,
        Payload: { 'runId.$': '$.runId', 'stepId.$': '$.stepId', 'taskToken.$': '$$.Task.Token' },
      },
      TimeoutSecondsPath: '$.timeoutSeconds',
      ResultPath: null,
      Retry: persistently,
      Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: '$.timeout', Next: 'Run' }, givesUp],
      Next: 'Run',
    },
    GiveUp: {
      Comment: 'Notes that the run failed because the function did',
      Type: 'Task',
      Resource: functionArn,
      Parameters: { 'runId.$': '$.runId', 'failure.$': '$.failure' },
      ResultPath: null,
      Retry: persistently,
      Next: 'Failed',
    },
    Failed: { Type: 'Fail', Error: 'RunFailed', Cause: 'GET /admin/v1/workflow-runs/{runId} says why' },
    Done: { Type: 'Succeed' },
  },
});
