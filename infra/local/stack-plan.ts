import { type ApiPlan, apiTypes } from './api/http-api.ts';
import { readApis } from './api/read-apis.ts';
import { bucketType } from './bucket/bucket.ts';
import { busType } from './bus/event-bus.ts';
import { type RulePlan, readRules, ruleType } from './bus/event-rule.ts';
import { type EventSourcePlan, eventSourceMappingType } from './event-source/event-source-mapping.ts';
import { type FunctionPlan, functionType } from './function/function.ts';
import { eventDestinationType, type MailEventsPlan, readMailEvents } from './mail/event-destination.ts';
import { type QueuePlan, queueType } from './queue/queue.ts';
import { type SchedulePlan, scheduleType } from './schedule/schedule.ts';
import { type StateMachinePlan, stateMachineType } from './state-machine/state-machine.ts';
import { type TablePlan, tableType } from './table/table.ts';
import { readerOf } from './template/read-resources.ts';
import type { ResourceType, Surroundings } from './template/resource-type.ts';
import type { Template } from './template/template.ts';

/** Everything in a template that the local stack runs, without intrinsics. */
export interface StackPlan {
  readonly tables: readonly TablePlan[];
  readonly queues: readonly QueuePlan[];
  readonly buckets: readonly string[];
  readonly functions: readonly FunctionPlan[];
  readonly eventSources: readonly EventSourcePlan[];
  readonly stateMachines: readonly StateMachinePlan[];
  readonly buses: readonly string[];
  readonly rules: readonly RulePlan[];
  readonly schedules: readonly SchedulePlan[];
  readonly mailEvents: readonly MailEventsPlan[];
  readonly apis: readonly ApiPlan[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** Every type of resource that runs here. */
export const resourceTypes: readonly ResourceType[] = [
  tableType,
  queueType,
  bucketType,
  functionType,
  eventSourceMappingType,
  stateMachineType,
  busType,
  ruleType,
  scheduleType,
  eventDestinationType,
  ...Object.values(apiTypes),
];

/** Reads what a template asks for. Throws `StackRefused`, naming each thing that cannot run here. */
export const readTemplate = (template: Template, surroundings: Surroundings): StackPlan => {
  const reader = readerOf(template, resourceTypes, surroundings);
  const plan: StackPlan = {
    tables: reader.all(tableType),
    queues: reader.all(queueType),
    buckets: reader.all(bucketType).map(({ name }) => name),
    functions: reader.all(functionType),
    eventSources: reader.all(eventSourceMappingType),
    stateMachines: reader.all(stateMachineType),
    buses: ['default', ...reader.all(busType).map(({ name }) => name)],
    rules: readRules(reader),
    schedules: reader.all(scheduleType).map(({ name, properties }) => ({ name, ...properties })),
    mailEvents: readMailEvents(reader),
    apis: readApis(reader),
    outputs: reader.outputs(),
  };
  reader.throwIfAnyRefused();
  return plan;
};
