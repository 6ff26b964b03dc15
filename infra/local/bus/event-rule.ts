import * as z from 'zod';
import type { Authority } from '../permission/authority.ts';
import type { Rights } from '../permission/grant.ts';
import { localArn } from '../template/location.ts';
import { leftAside, number, tags } from '../template/property.ts';
import type { TemplateReader } from '../template/read-resources.ts';
import type { ResourceType } from '../template/resource-type.ts';
import { compilePattern, type Matcher } from './event-pattern.ts';

const targetSchema = z.strictObject({
  Arn: z.string().regex(/^arn:aws:(lambda:[^:]*:[^:]*:function:|sqs:|events:[^:]*:[^:]*:event-bus\/)/, {
    error: ({ input }) => `the target ${String(input)} is neither a function, a queue nor a bus`,
  }),
  Id: z.string(),
  Input: z.string().optional(),
  InputPath: z
    .string()
    .regex(/^\$([.][\w-]+)*$/, 'only plain paths like $.detail.id run')
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
  RetryPolicy: z
    .strictObject({ MaximumRetryAttempts: number.optional(), MaximumEventAgeInSeconds: number.optional() })
    .optional(),
  RoleArn: z.string().optional(),
});

const schema = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  EventBusName: z.string().default('default'),
  EventPattern: z.record(z.string(), z.unknown()),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(targetSchema).default([]),
  RoleArn: leftAside('nothing checks permissions'),
  Tags: tags,
});

/** A target of a rule, and by what rights it gets events. */
export type EventTarget = z.infer<typeof targetSchema> & { readonly rights: Rights };

/** A rule and its compiled pattern. */
export interface RulePlan {
  readonly name: string;
  readonly busName: string;
  readonly targets: readonly EventTarget[];
  readonly matches: Matcher;
}

/** The ARN of a rule of a bus by its name. */
export const ruleArn = (name: string): string => localArn('events', `rule/${name}`);

/** `AWS::Events::Rule` with a pattern, as far as it runs. */
export const ruleType = {
  type: 'AWS::Events::Rule',
  schema,
  attributes: { Arn: ruleArn },
} satisfies ResourceType<typeof schema>;

/** The rules of a template that are switched on; a pattern that cannot be read is refused. */
export const readRules = (reader: TemplateReader, authority: Authority): RulePlan[] =>
  reader.all(ruleType).flatMap(({ logicalId, name, properties }) => {
    const rule = reader.attempt(`${logicalId} (${ruleType.type})`, () => ({
      name,
      busName: properties.EventBusName,
      targets: properties.Targets.map((target) => ({ ...target, rights: rightsOf(target, name, authority) })),
      matches: compilePattern(properties.EventPattern),
    }));
    return rule && properties.State !== 'DISABLED' ? [rule] : [];
  });

/** A target that names no role has to let EventBridge in by itself. */
const rightsOf = ({ RoleArn }: z.infer<typeof targetSchema>, ruleName: string, authority: Authority): Rights =>
  RoleArn === undefined
    ? authority.ofService('events.amazonaws.com')
    : authority.ofRole(RoleArn, ruleName, 'events.amazonaws.com');
