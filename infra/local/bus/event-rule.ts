import * as z from 'zod';
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
  RoleArn: leftAside('nothing checks permissions'),
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

/** The targets of a rule. */
export type EventTarget = z.infer<typeof targetSchema>;

/** A rule and its compiled pattern. */
export interface RulePlan {
  readonly name: string;
  readonly busName: string;
  readonly targets: readonly EventTarget[];
  readonly matches: Matcher;
}

/** `AWS::Events::Rule` with a pattern, as far as it runs. */
export const ruleType = {
  type: 'AWS::Events::Rule',
  schema,
  attributes: { Arn: (name) => localArn('events', `rule/${name}`) },
} satisfies ResourceType<typeof schema>;

/** The rules of a template that are switched on; a pattern that cannot be read is refused. */
export const readRules = (reader: TemplateReader): RulePlan[] =>
  reader.all(ruleType).flatMap(({ logicalId, name, properties }) => {
    const subject = `${logicalId} (${ruleType.type})`;
    const matches = reader.attempt(subject, () => compilePattern(properties.EventPattern));
    if (!matches || properties.State === 'DISABLED') return [];
    return [{ name, busName: properties.EventBusName, targets: properties.Targets, matches }];
  });
