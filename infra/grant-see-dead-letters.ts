import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { environmentNames } from '#names/environment.ts';
import type { Monitoring } from './constructs/monitoring.ts';

/**
 * Lets a function see how many messages were given up, and tells it the queues by their names and the address of one: each
 * reference from a nested stack is a parameter of it, and a stack may have 200.
 */
export const grantSeeDeadLetters = (fn: LambdaFunction, { deadLetters }: Monitoring): void => {
  const stack = Stack.of(fn);
  const resources = deadLetters.map(({ queueName }) =>
    stack.formatArn({ service: 'sqs', resource: queueName, arnFormat: ArnFormat.NO_RESOURCE_NAME }),
  );
  fn.addToRolePolicy(new PolicyStatement({ actions: ['sqs:GetQueueAttributes'], resources }));
  fn.addEnvironment(
    environmentNames.deadLetterQueues,
    JSON.stringify(deadLetters.map(({ queueName, alarmName, runbook }) => [queueName, alarmName, runbook])),
  );
  const [first] = deadLetters;
  fn.addEnvironment(environmentNames.deadLetterQueueUrl, first?.queueUrl ?? '');
};
