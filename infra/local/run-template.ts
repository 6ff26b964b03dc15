import { setTimeout as pause } from 'node:timers/promises';
import type { StepFunctions } from './engines/step-functions.ts';
import { deliverBy } from './events/deliver.ts';
import type { EventBridge } from './events/event-bridge.ts';
import type { Gateway } from './http/gateway.ts';
import { mailboxRoute } from './http/mailbox-route.ts';
import { invokeAsync } from './lambda/async-invoke.ts';
import { type Endpoints, functionEnvironment, type LocalAllowances } from './lambda/environment.ts';
import type { FunctionLog } from './lambda/function-log.ts';
import { type LocalFunction, localFunction } from './lambda/local-function.ts';
import type { InvocationResult } from './lambda/sandbox.ts';
import type { MailRelay } from './mail/mail-relay.ts';
import type { SmsEngine } from './mail/sms-engine.ts';
import { startEventSource } from './queues/event-source.ts';
import { queueClient } from './queues/queue-client.ts';
import { createBucket } from './resources/bucket.ts';
import { createQueue } from './resources/queue.ts';
import { createTable } from './resources/table.ts';
import type { StackSource } from './synthesis.ts';
import { functionNameOf } from './template/read-apis.ts';
import { readTemplate, type StackPlan } from './template/read-template.ts';

/** What a template runs on. */
export interface Platform {
  readonly gateway: Gateway;
  readonly eventBridge: EventBridge;
  readonly stepFunctions: StepFunctions;
  readonly mailRelay: MailRelay;
  readonly sms: SmsEngine;
  /** Where the engines answer. */
  readonly own: Endpoints;
  /** Where functions find them: the engines, or what was put before them. */
  readonly seenByFunctions: Endpoints;
  readonly allowances: LocalAllowances;
  readonly log: FunctionLog;
  readonly onError: (error: unknown) => void;
  readonly maxSandboxes: number;
  readonly redeliverAfterSeconds: number | undefined;
  /** Waits of state machines take so much of their time. */
  readonly waitFactor: number;
}

/** A template at work. */
export interface RunningTemplate {
  readonly plan: StackPlan;
  readonly functions: ReadonlyMap<string, LocalFunction>;
  stop(): Promise<void>;
}

/** Work under way has this long to end when the stack stops. */
const graceMs = 2000;

/** Creates what a template names and runs it. Throws `StackRefused` before anything is created. */
export const runTemplate = async (source: StackSource, platform: Platform): Promise<RunningTemplate> => {
  const { gateway, own, seenByFunctions } = platform;
  const plan = readTemplate({
    template: source.template,
    stackName: source.stackName,
    sqsEndpoint: seenByFunctions.sqs,
    apiUrl: gateway.url,
  });
  await createResources(plan, own);
  const functions = new Map(
    plan.functions.map((fn) => [fn.name, localFunction(fn, functionSettings(source, platform))]),
  );
  openEventBridge(plan, functions, platform);
  await platform.stepFunctions.open(plan.stateMachines, {
    invoke: (name, event) => invokeByName(functions, name, event),
    waitFactor: platform.waitFactor,
    retryAfterSeconds: platform.redeliverAfterSeconds,
  });
  platform.mailRelay.open(plan.mailEvents);
  const eventSources = startEventSources(plan, functions, platform);
  const localRoutes = [mailboxRoute(own.ses, platform.sms)];
  for (const api of plan.apis) gateway.open(api, (name, event) => invokeByName(functions, name, event), localRoutes);

  return {
    plan,
    functions,
    stop: async () => {
      await platform.stepFunctions.rest();
      const killAll = () => Promise.all([...functions.values()].map((fn) => fn.stop()));
      const impatience = setTimeout(killAll, graceMs);
      await Promise.all(eventSources.map((eventSource) => eventSource.stop()));
      await Promise.race([platform.eventBridge.settled(), pause(graceMs, undefined, { ref: false })]);
      clearTimeout(impatience);
      await killAll();
    },
  };
};

const createResources = async ({ tables, queues, buckets }: StackPlan, { dynamodb, sqs, s3 }: Endpoints) => {
  const isTarget = (name: string) =>
    queues.some(({ properties }) => properties.RedrivePolicy?.deadLetterTargetArn.endsWith(`:${name}`));
  const [deadLetterQueues, others] = [
    queues.filter(({ name }) => isTarget(name)),
    queues.filter(({ name }) => !isTarget(name)),
  ];
  await Promise.all([
    ...tables.map((table) => createTable(dynamodb, table)),
    ...buckets.map((bucket) => createBucket(s3, bucket)),
    ...deadLetterQueues.map((queue) => createQueue(sqs, queue)),
    ...others.map((queue) => createQueue(sqs, queue)),
  ]);
};

const functionSettings = (
  { folderOf, compiled }: StackSource,
  { seenByFunctions, allowances, log, maxSandboxes }: Platform,
) => ({
  folderOf,
  compiled,
  environment: functionEnvironment(seenByFunctions, allowances),
  log,
  maxSandboxes,
});

const openEventBridge = (
  { buses, rules }: StackPlan,
  functions: ReadonlyMap<string, LocalFunction>,
  { eventBridge, own, onError, redeliverAfterSeconds }: Platform,
): void => {
  const queues = queueClient(own.sqs);
  const sendToQueue = (queueArn: string, bodies: readonly string[]) =>
    queues.send(queueArn.split(':').at(-1) ?? '', bodies);
  const asyncPorts = {
    wait: (seconds: number) => pause(seconds * 1000, undefined, { ref: false }),
    sendToQueue: (queueArn: string, body: string) => sendToQueue(queueArn, [body]),
    retryAfterSeconds: redeliverAfterSeconds,
  };
  const invokeFunction = (name: string, event: unknown) => {
    const fn = functions.get(name);
    if (!fn) throw new Error(`The function ${name} does not run here`);
    invokeAsync(asyncPorts, fn, event).catch(onError);
  };
  eventBridge.open(buses, deliverBy(rules, { sendToQueue, invokeFunction, onError }));
};

const startEventSources = (
  { eventSources }: StackPlan,
  functions: ReadonlyMap<string, LocalFunction>,
  { own, maxSandboxes, redeliverAfterSeconds, onError }: Platform,
) =>
  eventSources
    .filter(({ properties }) => properties.Enabled)
    .map((eventSource) => {
      const name = functionNameOf(eventSource.properties.FunctionName);
      const fn = functions.get(name);
      if (!fn) throw new Error(`${eventSource.logicalId} feeds ${name}, which is not in the template`);
      const queues = queueClient(own.sqs);
      return startEventSource(eventSource, {
        queues,
        fn,
        defaultConcurrency: maxSandboxes,
        redeliverAfterSeconds,
        onError,
      });
    });

const invokeByName = async (
  functions: ReadonlyMap<string, LocalFunction>,
  name: string,
  event: unknown,
): Promise<InvocationResult> => {
  const fn = functions.get(name);
  if (fn) return fn.invoke(event);
  return { ok: false, error: { errorType: 'ResourceNotFoundException', errorMessage: `Function not found: ${name}` } };
};
