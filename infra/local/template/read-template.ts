import type * as z from 'zod';
import { compilePattern } from '../events/event-pattern.ts';
import { bucketSchema } from '../resources/bucket.ts';
import { eventBusSchema, eventRuleSchema, type RulePlan } from '../resources/event-rule.ts';
import { type EventSourcePlan, eventSourceMappingSchema } from '../resources/event-source-mapping.ts';
import { eventInvokeConfigSchema, type FunctionPlan, functionSchema } from '../resources/function.ts';
import type { ApiPlan } from '../resources/http-api.ts';
import { typesLeftAside } from '../resources/left-aside.ts';
import { type MailEventsPlan, mailEventsOf, mailEventsSchema } from '../resources/mail-events.ts';
import { type QueuePlan, queueSchema } from '../resources/queue.ts';
import { type StateMachinePlan, stateMachineSchema } from '../resources/state-machine.ts';
import { globalTableSchema, type TablePlan, tableSchema } from '../resources/table.ts';
import { type AttributeSources, attributesOf, physicalName } from './attributes.ts';
import { readApis } from './read-apis.ts';
import { Refusal, type RefusalList, refusalList } from './refusal.ts';
import { type Resolver, resolverOf } from './resolve-intrinsics.ts';
import type { Template } from './template.ts';

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
  readonly mailEvents: readonly MailEventsPlan[];
  readonly apis: readonly ApiPlan[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** Resources of one type, each with its parsed properties. */
export type ReadResources = <Schema extends z.ZodType>(
  type: string,
  schema: Schema,
) => { readonly logicalId: string; readonly name: string; readonly properties: z.infer<Schema> }[];

/** Reads what a template asks for. Throws `StackRefused`, naming each thing that cannot run here. */
export const readTemplate = (sources: AttributeSources): StackPlan => {
  const { template, stackName } = sources;
  const resolver = resolverOf(template, stackName, attributesOf(sources));
  const refusals = refusalList();
  const read = resourceReader(template, stackName, resolver, refusals);
  refuseUnknownTypes(template, resolver, refusals);

  const invokeConfigs = read('AWS::Lambda::EventInvokeConfig', eventInvokeConfigSchema);
  const plan: StackPlan = {
    tables: [...read('AWS::DynamoDB::Table', tableSchema), ...read('AWS::DynamoDB::GlobalTable', globalTableSchema)],
    queues: read('AWS::SQS::Queue', queueSchema),
    buckets: read('AWS::S3::Bucket', bucketSchema).map(({ name }) => name),
    functions: read('AWS::Lambda::Function', functionSchema).map((fn) => ({
      ...fn,
      eventInvoke: invokeConfigs.find(({ properties }) => properties.FunctionName === fn.name)?.properties,
    })),
    eventSources: read('AWS::Lambda::EventSourceMapping', eventSourceMappingSchema),
    stateMachines: read('AWS::StepFunctions::StateMachine', stateMachineSchema),
    buses: ['default', ...read('AWS::Events::EventBus', eventBusSchema).map(({ name }) => name)],
    rules: readRules(read, refusals),
    mailEvents: read('AWS::SES::ConfigurationSetEventDestination', mailEventsSchema).map(({ properties }) =>
      mailEventsOf(properties),
    ),
    apis: readApis(read, refusals),
    outputs: readOutputs(template, resolver, refusals),
  };
  refusals.throwIfAny();
  return plan;
};

const typesRead: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::SQS::Queue',
  'AWS::S3::Bucket',
  'AWS::Lambda::Function',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::StepFunctions::StateMachine',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Stage',
]);

const refuseUnknownTypes = (template: Template, resolver: Resolver, refusals: RefusalList): void => {
  for (const [logicalId, { Type, Condition }] of Object.entries(template.Resources ?? {})) {
    refusals.attempt(`${logicalId} (${Type})`, () => {
      if (typesRead.has(Type) || Type in typesLeftAside || !resolver.holds(Condition)) return;
      throw new Refusal('resources of this type do not run here');
    });
  }
};

const resourceReader =
  (template: Template, stackName: string, resolver: Resolver, refusals: RefusalList): ReadResources =>
  (type, schema) =>
    Object.entries(template.Resources ?? {}).flatMap(([logicalId, resource]) => {
      if (resource.Type !== type) return [];
      const read = refusals.attempt(`${logicalId} (${type})`, () => {
        if (!resolver.holds(resource.Condition)) return undefined;
        const parsed = schema.safeParse(resolver.resolve(resource.Properties ?? {}));
        if (!parsed.success) throw new Refusal(parsed.error.issues.map(issueText).join('\n'));
        const name = physicalName(stackName, logicalId, resource, resolver.resolve);
        return { logicalId, name, properties: parsed.data };
      });
      return read ? [read] : [];
    });

const issueText = (issue: z.core.$ZodIssue): string => {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return `${issue.keys.map((key) => (path ? `${path}.${key}` : key)).join(', ')} does not run here`;
  }
  return `${path}: ${issue.message}`;
};

const readRules = (read: ReadResources, refusals: RefusalList): RulePlan[] =>
  read('AWS::Events::Rule', eventRuleSchema).flatMap(({ logicalId, name, properties }) => {
    const matches = refusals.attempt(`${logicalId} (AWS::Events::Rule)`, () => compilePattern(properties.EventPattern));
    if (!matches || properties.State === 'DISABLED') return [];
    return [{ name, busName: properties.EventBusName, targets: properties.Targets, matches }];
  });

const readOutputs = (template: Template, resolver: Resolver, refusals: RefusalList): Record<string, string> => {
  const outputs = Object.entries(template.Outputs ?? {}).flatMap(([name, { Value, Condition }]) => {
    const value = refusals.attempt(`output ${name}`, () => resolver.holds(Condition) && resolver.resolve(Value));
    return value === undefined || value === false ? [] : [[name, String(value)] as const];
  });
  return Object.fromEntries(outputs);
};
