import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

/** Gives one function what its operation needs. */
export type Grant = (fn: LambdaFunction) => void;
