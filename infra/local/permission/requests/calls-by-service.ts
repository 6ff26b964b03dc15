import type { Endpoints } from '../../engine/endpoints.ts';
import type { KeyNames } from '../../table/key-names.ts';
import { dynamoDbCalls } from './dynamodb-calls.ts';
import { eventBridgeCalls, lambdaCalls, sesCalls, smsCalls, sqsCalls, stepFunctionsCalls } from './json-calls.ts';
import { s3Calls } from './s3-calls.ts';
import type { CallsOf } from './service-request.ts';

/** What requests ask for, by the service that they are made to. */
export const callsByService = (keys: KeyNames): Readonly<Record<keyof Endpoints, CallsOf>> => ({
  dynamodb: dynamoDbCalls(keys),
  sqs: sqsCalls,
  s3: s3Calls,
  ses: sesCalls,
  sms: smsCalls,
  eventBridge: eventBridgeCalls,
  stepFunctions: stepFunctionsCalls,
  lambda: lambdaCalls,
});
