import { type ApiPlan, apiTypes } from './api/http-api.ts';
import { readApis } from './api/read-apis.ts';
import { type BucketPlan, bucketType } from './bucket/bucket.ts';
import { busType } from './bus/event-bus.ts';
import { type RulePlan, readRules, ruleType } from './bus/event-rule.ts';
import { type EventSourcePlan, eventSourceMappingType, readEventSources } from './event-source/event-source-mapping.ts';
import { type FunctionPlan, functionType, readFunctions } from './function/function.ts';
import { logGroupType } from './function/log-group.ts';
import { eventDestinationType, type MailEventsPlan, readMailEvents } from './mail/event-destination.ts';
import { readAuthority } from './permission/authority.ts';
import type { Rights } from './permission/grant.ts';
import { resourcePolicyTypes } from './permission/resource-policy.ts';
import { roleType } from './permission/role.ts';
import { type QueuePlan, queueType } from './queue/queue.ts';
import { readSchedules, type SchedulePlan, scheduleType } from './schedule/schedule.ts';
import { readTopicQueues, type TopicQueuePlan, topicSubscriptionType } from './sms/topic-subscription.ts';
import { readStateMachines, type StateMachinePlan, stateMachineType } from './state-machine/state-machine.ts';
import { type TablePlan, tableType } from './table/table.ts';
import { readerOf } from './template/read-resources.ts';
import type { ResourceType, Surroundings } from './template/resource-type.ts';
import type { Template } from './template/template.ts';

/** Everything in a template that the local stack runs, without intrinsics. */
export interface StackPlan {
  readonly tables: readonly TablePlan[];
  readonly queues: readonly QueuePlan[];
  readonly buckets: readonly BucketPlan[];
  readonly functions: readonly FunctionPlan[];
  readonly eventSources: readonly EventSourcePlan[];
  readonly stateMachines: readonly StateMachinePlan[];
  readonly buses: readonly string[];
  readonly rules: readonly RulePlan[];
  readonly schedules: readonly SchedulePlan[];
  readonly mailEvents: readonly MailEventsPlan[];
  readonly topicQueues: readonly TopicQueuePlan[];
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
  topicSubscriptionType,
  logGroupType,
  roleType,
  ...Object.values(resourcePolicyTypes),
  ...Object.values(apiTypes),
];

/** Reads what a template asks for. Throws `StackRefused`, naming each thing that cannot run here. */
export const readTemplate = (template: Template, surroundings: Surroundings): StackPlan => {
  const reader = readerOf(template, resourceTypes, surroundings);
  const authority = readAuthority(reader);
  const queues = reader.all(queueType);
  const functions = readFunctions(reader, authority);
  const plan: StackPlan = {
    tables: reader.all(tableType),
    queues,
    buckets: reader.all(bucketType),
    functions,
    eventSources: readEventSources(reader, { functions, queues }),
    stateMachines: readStateMachines(reader, authority),
    buses: ['default', ...reader.all(busType).map(({ name }) => name)],
    rules: readRules(reader, authority),
    schedules: readSchedules(reader, authority),
    mailEvents: readMailEvents(reader),
    topicQueues: readTopicQueues(reader, authority),
    apis: readApis(reader, authority),
    outputs: reader.outputs(),
  };
  reader.throwIfAnyRefused();
  return plan;
};

/** Everybody who may do something: functions, machines, and what invokes or sends by itself. */
export const everybodyIn = ({ functions, stateMachines, schedules, apis, rules, topicQueues }: StackPlan): Rights[] => [
  ...[...functions, ...stateMachines, ...schedules, ...topicQueues].map(({ rights }) => rights),
  ...apis.flatMap(({ routes }) => routes.map(({ rights }) => rights)),
  ...rules.flatMap(({ targets }) => targets.map(({ rights }) => rights)),
];
