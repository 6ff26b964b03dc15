import type { Endpoints } from '#infra/local/engine/endpoints.ts';
import { dynamoDbFaults } from './dynamodb-faults.ts';
import { eventBridgeFaults } from './event-bridge-faults.ts';
import { lambdaFaults } from './lambda-faults.ts';
import { s3Faults } from './s3-faults.ts';
import { sesFaults } from './ses-faults.ts';
import { smsFaults } from './sms-faults.ts';
import { sqsFaults } from './sqs-faults.ts';
import { stepFunctionsFaults } from './step-functions-faults.ts';

/** A number from 0 up to 1, the next of a repeatable series. */
export type Random = () => number;

/** A JSON body. */
export type Body = Readonly<Record<string, unknown>>;

/** An answer given in the engine's place. */
export interface FaultAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A batch of which a part is not done: what is still forwarded (`undefined`: nothing), and the answer about all of it. */
export interface PartialFault {
  readonly forward: Body | undefined;
  merge(answer: Body): Body;
}

/** How one service fails. */
export interface ServiceFaults {
  /** Refuses a request without doing it. */
  refuse(operation: string, body: Body, random: Random): FaultAnswer;
  /** Leaves a part of a batch undone; `undefined` where the operation is no batch. */
  leaveUndone(operation: string, body: Body, random: Random): PartialFault | undefined;
}

/** How each engine's service fails. */
export const serviceFaults: Readonly<Record<keyof Endpoints, ServiceFaults>> = {
  dynamodb: dynamoDbFaults,
  sqs: sqsFaults,
  s3: s3Faults,
  ses: sesFaults,
  sms: smsFaults,
  eventBridge: eventBridgeFaults,
  stepFunctions: stepFunctionsFaults,
  lambda: lambdaFaults,
};
