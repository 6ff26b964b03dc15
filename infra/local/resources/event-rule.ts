import * as z from 'zod';
import type { Matcher } from '../events/event-pattern.ts';
import { leftAside, number, tags } from './property.ts';

/** `AWS::Events::EventBus`, as far as it runs. */
export const eventBusSchema = z.strictObject({
  Name: z.string(),
  Description: z.string().optional(),
  KmsKeyIdentifier: leftAside('data stays on this machine'),
  LogConfig: leftAside('there is no log delivery'),
  Policy: leftAside('nothing checks permissions'),
  DeadLetterConfig: leftAside('it is for schema-encryption faults, which cannot happen here'),
  Tags: tags,
});

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

/** `AWS::Events::Rule` with a pattern, as far as it runs. */
export const eventRuleSchema = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  EventBusName: z.string().default('default'),
  EventPattern: z.record(z.string(), z.unknown()),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(targetSchema).default([]),
  RoleArn: leftAside('nothing checks permissions'),
  Tags: tags,
});

/** Where a rule sends its events. */
export type EventTarget = z.infer<typeof targetSchema>;

/** A rule and its compiled pattern. */
export interface RulePlan {
  readonly name: string;
  readonly busName: string;
  readonly targets: readonly EventTarget[];
  readonly matches: Matcher;
}
