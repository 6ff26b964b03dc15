import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import type { Deployment } from '../deployment.ts';
import { InlineRole } from './inline-role.ts';

/** What one function needs beside what all have. */
export interface NodeFunctionProps {
  readonly deployment: Deployment;
  /** Its folder under `functions/`. */
  readonly name: string;
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  /** The queue for an event that the function failed on for good when it was invoked asynchronously. */
  readonly deadLetterQueue?: IQueue;
  /** How many of it may be at work at once, which nothing else may use; as many as the account has room for if absent. */
  readonly reservedConcurrency?: number;
}

/** A bundled function on Node 24 arm64 with traces, a log group of its own and no rights but to write to both. */
export class NodeFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    const { settings, bundles } = props.deployment;
    const functionName = `rollcall-${settings.stage}-${props.name}`;
    const role = new InlineRole(scope, `${id}Role`, new ServicePrincipal('lambda.amazonaws.com'));
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(role);

    super(scope, id, {
      functionName,
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundles.folderOf(props.name)),
      handler: 'index.handler',
      timeout: Duration.seconds(props.timeoutSeconds),
      memorySize: props.memoryMiB,
      tracing: Tracing.ACTIVE,
      role,
      logGroup,
      ...(props.deadLetterQueue && { deadLetterQueue: props.deadLetterQueue }),
      ...(props.reservedConcurrency !== undefined && { reservedConcurrentExecutions: props.reservedConcurrency }),
      environment: {
        [environmentNames.serviceName]: props.name,
        [environmentNames.logLevel]: settings.logLevel,
      },
    });
    const reason =
      'X-Ray has no resources: xray:PutTraceSegments and xray:PutTelemetryRecords can only be granted on *.';
    Validations.of(role).acknowledge(
      { id: 'AwsSolutions-IAM5[Resource::*]', reason },
      // It asks once a role; what else has a star is asked by name by AwsSolutions-IAM5.
      { id: 'Serverless-LambdaStarPermissions', reason },
    );
    if (props.deadLetterQueue) return;
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason:
        'What invokes it waits for its answer or repeats the event: API Gateway, a queue with a dead-letter queue, a state machine, CloudFormation.',
    });
  }
}
