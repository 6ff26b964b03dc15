import { startS3 } from './bucket/s3.ts';
import { startEventBridge } from './bus/event-bridge.ts';
import { publishTo } from './bus/publish.ts';
import type { Endpoints } from './engine/endpoints.ts';
import { startInvokeApi } from './function/invoke-api.ts';
import { startMailRelay } from './mail/mail-relay.ts';
import { startSes } from './mail/ses.ts';
import { startSqs } from './queue/sqs.ts';
import { startSms } from './sms/sms-engine.ts';
import { startStepFunctions } from './state-machine/step-functions.ts';
import type { Strain } from './strain.ts';
import { startDynamoDb } from './table/dynamodb.ts';
import { strainDynamoDb } from './table/strained-dynamodb.ts';

/** Puts a proxy before an engine: given the engine's address, returns the address that functions call instead. */
export type Proxy = (endpoint: string) => Promise<string>;

/** How the engines run. */
export interface EngineSettings {
  /** Absent: everything is gone when the stack stops. */
  readonly dataDir: string | undefined;
  readonly dynamoDbEndpoint: string | undefined;
  /** What AWS does under strain and to new accounts, which the engines do not do by themselves. */
  readonly strain: Strain;
  readonly proxies: { readonly [Name in keyof Endpoints]?: Proxy };
}

/** Starts every engine; what started is handed to `onStarted` at once, so that it can be stopped if another fails. */
export const startEngines = async (
  { dataDir, dynamoDbEndpoint, strain, proxies }: EngineSettings,
  onStarted: (stop: () => Promise<void>) => void,
) => {
  const noted = async <Started extends { stop(): Promise<void> }>(starting: Promise<Started>): Promise<Started> => {
    const started = await starting;
    onStarted(() => started.stop());
    return started;
  };
  const [dynamodb, sqs, s3, ses, eventBridge, stepFunctions, invokeApi] = await allSettled([
    noted(startDynamoDb({ dataDir, endpoint: dynamoDbEndpoint })),
    noted(startSqs({ dataDir })),
    noted(startS3({ dataDir })),
    noted(startSes()),
    noted(startEventBridge()),
    noted(startStepFunctions({ dataDir })),
    noted(startInvokeApi()),
  ]);
  const publish = publishTo(eventBridge.endpoint);
  const [mailRelay, sms] = await allSettled([
    noted(startMailRelay(ses.endpoint, publish, { isNewAccount: strain.newMailAccount ?? false })),
    noted(startSms(publish)),
  ]);
  const own: Endpoints = {
    dynamodb: dynamodb.endpoint,
    sqs: sqs.endpoint,
    s3: s3.endpoint,
    ses: mailRelay.endpoint,
    sms: sms.endpoint,
    eventBridge: eventBridge.endpoint,
    stepFunctions: stepFunctions.endpoint,
    lambda: invokeApi.endpoint,
  };
  const isStrained = strain.hotPartitions || strain.transactionConflicts;
  const strained = isStrained ? await noted(strainDynamoDb(own.dynamodb, strain)) : undefined;
  const tables = strained?.endpoint ?? own.dynamodb;
  const before = (name: keyof Endpoints) => proxies[name]?.(own[name]) ?? own[name];
  const seenByFunctions: Endpoints = {
    dynamodb: (await proxies.dynamodb?.(tables)) ?? tables,
    sqs: await before('sqs'),
    s3: await before('s3'),
    ses: await before('ses'),
    sms: await before('sms'),
    eventBridge: await before('eventBridge'),
    stepFunctions: await before('stepFunctions'),
    lambda: await before('lambda'),
  };
  return { strained, s3, eventBridge, stepFunctions, invokeApi, mailRelay, sms, own, seenByFunctions };
};

/** Like `Promise.all`, but fails only when all have ended, so that none starts after the others were stopped. */
const allSettled = async <const Promises extends readonly Promise<unknown>[]>(promises: Promises) => {
  await Promise.allSettled(promises);
  return Promise.all(promises);
};
