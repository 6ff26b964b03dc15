import type { Call } from '../permission/grant.ts';
import type { FunctionPlan } from './function.ts';
import { logGroupArn } from './log-group.ts';

/** What AWS Lambda itself does by the rights of a function: write its log and its traces, and give up its events. */
export const callsOfLambda = ({ properties }: FunctionPlan): Call[] => {
  const { LoggingConfig, TracingConfig, DeadLetterConfig } = properties;
  const logGroup = LoggingConfig.LogGroup;
  return [
    ...(logGroup === undefined ? [] : logActions.map((action) => ({ action, resource: logStreamIn(logGroup) }))),
    ...(TracingConfig.Mode === 'Active' ? traceActions.map((action) => ({ action, resource: '*' })) : []),
    ...(DeadLetterConfig ? [{ action: 'sqs:SendMessage', resource: DeadLetterConfig.TargetArn }] : []),
  ];
};

const logActions = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const traceActions = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];

const logStreamIn = (logGroup: string): string => logGroupArn(logGroup).replace(/\*$/, 'log-stream:local');
