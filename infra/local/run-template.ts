import { setTimeout as pause } from 'node:timers/promises';
import type { Gateway } from './api/gateway.ts';
import { type ApiRoute, apiArn } from './api/http-api.ts';
import type { TrailingSlashes } from './api/route-table.ts';
import { createBucket } from './bucket/bucket.ts';
import type { S3Engine } from './bucket/s3.ts';
import { deliverBy } from './bus/deliver.ts';
import type { EventBridge } from './bus/event-bridge.ts';
import { deliverToOwn } from './bus/own-rules.ts';
import type { OwnRule } from './bus/read-own-rules.ts';
import type { Endpoints } from './engine/endpoints.ts';
import { runEventSources } from './event-source/run-event-sources.ts';
import { accountConcurrency } from './function/account-concurrency.ts';
import { functionEnvironment, type LocalAllowances, sessionTokenOf } from './function/environment.ts';
import type { FunctionLog } from './function/function-log.ts';
import type { InvokeApi } from './function/invoke-api.ts';
import type { FunctionSettings, Invocation, LocalFunction } from './function/local-function.ts';
import { runFunctions } from './function/run-functions.ts';
import type { MailRelay } from './mail/mail-relay.ts';
import { mailboxRoute } from './mail/mailbox-route.ts';
import { smsReplyRoute } from './mail/sms-reply-route.ts';
import { denialLine, type PermissionRecord, type Permissions, permissionsOf } from './permission/permissions.ts';
import { createQueues } from './queue/queue.ts';
import { queueClient } from './queue/queue-client.ts';
import { runSchedules } from './schedule/run-schedules.ts';
import type { SmsEngine } from './sms/sms-engine.ts';
import { everybodyIn, readTemplate, type StackPlan } from './stack-plan.ts';
import { callsOfStates } from './state-machine/calls-of-states.ts';
import type { StepFunctions } from './state-machine/step-functions.ts';
import type { StackSource } from './synthesis.ts';
import type { StrainedDynamoDb } from './table/strained-dynamodb.ts';
import { createTable, keyNamesOf } from './table/table.ts';

/** What a template runs on. */
export interface Platform {
  readonly gateway: Gateway;
  readonly eventBridge: EventBridge;
  readonly stepFunctions: StepFunctions;
  readonly s3: S3Engine;
  /** What stands before the DynamoDB engine if the stack is under strain. */
  readonly strained: StrainedDynamoDb | undefined;
  readonly invokeApi: InvokeApi;
  readonly mailRelay: MailRelay;
  readonly sms: SmsEngine;
  /** The addresses of the engines. */
  readonly own: Endpoints;
  /** The addresses that functions call: the engines, or proxies before them. */
  readonly seenByFunctions: Endpoints;
  readonly allowances: LocalAllowances;
  readonly log: FunctionLog;
  readonly onError: (error: unknown) => void;
  /** Consumers outside of the stack. */
  readonly ownRules: readonly OwnRule[];
  /** Shows a line in the terminal. */
  readonly tell: (line: string) => void;
  /** Hears of what AWS would refuse, in a line each. */
  readonly refuse: (line: string) => void;
  readonly maxSandboxes: number;
  /** Functions that run at once, of all together; absent: as many as come. */
  readonly mostFunctionsAtOnce: number | undefined;
  readonly redeliverAfterSeconds: number | undefined;
  /** Waits of state machines take so much of their time. */
  readonly waitFactor: number;
  readonly trailingSlashes: TrailingSlashes;
  readonly hosts: readonly string[];
  /** Hears of every run of a function. */
  readonly onInvoked: ((invocation: Invocation) => void) | undefined;
}

/** A template at work. */
export interface RunningTemplate {
  readonly plan: StackPlan;
  readonly functions: ReadonlyMap<string, LocalFunction>;
  readonly permissions: PermissionRecord;
  stop(): Promise<void>;
}

/** Work under way has this long to end when the stack stops. */
const graceMs = 2000;

/** How long a consumer of the developer's own that failed is left alone. */
const ownRetrySeconds = 1;

/** Creates what a template names and runs it. Throws `StackRefused` before anything is created. */
export const runTemplate = async (source: StackSource, platform: Platform): Promise<RunningTemplate> => {
  const { gateway, own, seenByFunctions, onError, redeliverAfterSeconds, maxSandboxes, trailingSlashes, refuse } =
    platform;
  const { stackName, template } = source;
  const plan = readTemplate(template, { stackName, sqsEndpoint: seenByFunctions.sqs, apiUrl: gateway.url });
  await createResources(plan, own);
  const queues = queueClient(own.sqs);
  const sendToQueue = (queueArn: string, bodies: readonly string[]) =>
    queues.send(queueArn.split(':').at(-1) ?? '', bodies);
  const permissions = permissionsOf(everybodyIn(plan), (denial) => refuse(denialLine(denial)));
  const functions = runFunctions(plan.functions, functionSettings(source, platform, { plan, permissions }), {
    wait: (seconds) => pause(seconds * 1000, undefined, { ref: false }),
    sendToQueue: (queueArn, body) => sendToQueue(queueArn, [body]),
    retryAfterSeconds: redeliverAfterSeconds,
    permissions,
    onError,
  });
  const signers = plan.functions.map(({ name, rights }) => [sessionTokenOf(name), rights] as const);
  platform.s3.open(new Map(signers), permissions);
  platform.strained?.open(keyNamesOf(plan.tables));
  const toTargets = { sendToQueue, invokeFunction: functions.invokeLater, mayPass: permissions.allows, onError };
  const stopping = new AbortController();
  const ownRules = deliverToOwn(platform.ownRules, {
    tell: platform.tell,
    retryAfterSeconds: redeliverAfterSeconds ?? ownRetrySeconds,
    signal: stopping.signal,
  });
  const toRules = deliverBy(plan.rules, toTargets);
  platform.eventBridge.open(plan.buses, async (events) => {
    await Promise.all([toRules(events), ownRules.deliver(events)]);
  });
  platform.invokeApi.open(functions.invokeByName);
  for (const { rights, properties } of plan.stateMachines) {
    for (const call of callsOfStates(properties.TracingConfiguration)) permissions.allows(rights, call);
  }
  await platform.stepFunctions.open(plan.stateMachines, {
    invoke: functions.invoke,
    waitFactor: platform.waitFactor,
    retryAfterSeconds: redeliverAfterSeconds,
  });
  platform.mailRelay.open(plan.mailEvents);
  const polling = {
    queues,
    defaultConcurrency: maxSandboxes,
    redeliverAfterSeconds,
    onError,
    permissions,
    refuse,
    queuePlans: plan.queues,
  };
  const eventSources = runEventSources(plan.eventSources, functions.byName, polling);
  const schedules = runSchedules(plan.schedules, { invokeFunction: functions.invokeLater, permissions, onError });
  const heard = { sms: platform.sms, topicQueues: plan.topicQueues, sendToQueue, mayPass: permissions.allows };
  const localRoutes = [mailboxRoute(own.ses, platform.sms), smsReplyRoute(heard)];
  const invokeRoute = ({ rights, functionName }: ApiRoute, event: unknown) =>
    functions.invoke(rights, functionName, event, apiArn);
  for (const api of plan.apis) gateway.open(api, invokeRoute, { localRoutes, trailingSlashes, hosts: platform.hosts });

  return {
    plan,
    functions: functions.byName,
    permissions,
    stop: async () => {
      schedules.stop();
      await platform.stepFunctions.rest();
      const impatience = setTimeout(functions.stop, graceMs);
      await eventSources.stop();
      await Promise.race([platform.eventBridge.settled(), pause(graceMs, undefined, { ref: false })]);
      await Promise.race([ownRules.settled(), pause(graceMs, undefined, { ref: false })]);
      stopping.abort();
      clearTimeout(impatience);
      await functions.stop();
    },
  };
};

const createResources = async ({ tables, queues, buckets }: StackPlan, { dynamodb, sqs, s3 }: Endpoints) => {
  await Promise.all([
    ...tables.map((table) => createTable(dynamodb, table)),
    ...buckets.map((bucket) => createBucket(s3, bucket)),
    createQueues(sqs, queues),
  ]);
};

const functionSettings = (
  { folderOf, compiled }: StackSource,
  { seenByFunctions, allowances, log, maxSandboxes, mostFunctionsAtOnce, onInvoked }: Platform,
  { plan, permissions }: { readonly plan: StackPlan; readonly permissions: Permissions },
): FunctionSettings => ({
  folderOf,
  compiled,
  environment: functionEnvironment(seenByFunctions, allowances),
  endpoints: seenByFunctions,
  keys: keyNamesOf(plan.tables),
  permissions,
  log,
  maxSandboxes,
  account: accountConcurrency(mostFunctionsAtOnce),
  onInvoked,
});
