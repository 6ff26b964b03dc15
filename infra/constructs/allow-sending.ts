import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

/** Lets a function send to a queue, and gives it the queue in an environment variable. */
export const allowSending = (fn: LambdaFunction, { queueArn, queueUrl }: IQueue, variable: string): void => {
  fn.addEnvironment(variable, queueUrl);
  fn.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queueArn] }));
};
