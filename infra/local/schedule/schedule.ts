import * as z from 'zod';
import type { Authority } from '../permission/authority.ts';
import type { Rights } from '../permission/grant.ts';
import { localArn } from '../template/location.ts';
import { leftAside, number, only } from '../template/property.ts';
import type { TemplateReader } from '../template/read-resources.ts';
import type { ResourceType } from '../template/resource-type.ts';

const secondsOf = { minute: 60, hour: 3600, day: 86_400 } as const;

/** `rate(15 minutes)` in seconds. */
const rate = z
  .string()
  .regex(/^rate\([1-9]\d{0,5} (minute|hour|day)s?\)$/, 'only schedules like rate(15 minutes) run')
  .transform((expression) => {
    const [, count, unit = 'minute'] = /^rate\((\d+) ([a-z]+?)s?\)$/.exec(expression) ?? [];
    return Number(count) * secondsOf[unit as keyof typeof secondsOf];
  });

const schema = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  ScheduleExpression: rate,
  ScheduleExpressionTimezone: leftAside('a rate has no time zone'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  FlexibleTimeWindow: z.strictObject({ Mode: only('OFF', 'flexible time windows do not run') }),
  Target: z.strictObject({
    Arn: z.string().regex(/^arn:aws:lambda:[^:]*:[^:]*:function:/, 'only functions run on a schedule here'),
    RoleArn: z.string(),
    Input: z.string().optional(),
    RetryPolicy: z
      .strictObject({ MaximumRetryAttempts: number.optional(), MaximumEventAgeInSeconds: number.optional() })
      .optional(),
  }),
});

/** A schedule of EventBridge Scheduler, how many seconds lie between its invocations, and by what rights it invokes. */
export type SchedulePlan = z.infer<typeof schema> & { readonly name: string; readonly rights: Rights };

/** `AWS::Scheduler::Schedule` that calls a function at a rate, as far as it runs. */
export const scheduleType = {
  type: 'AWS::Scheduler::Schedule',
  schema,
  attributes: { Arn: (name) => localArn('scheduler', `schedule/default/${name}`) },
} satisfies ResourceType<typeof schema>;

/** The schedules of a template; one whose role the scheduler cannot take on is refused. */
export const readSchedules = (reader: TemplateReader, authority: Authority): SchedulePlan[] =>
  reader.all(scheduleType).flatMap(({ logicalId, name, properties }) => {
    const rights = reader.attempt(`${logicalId} (${scheduleType.type})`, () =>
      authority.ofRole(properties.Target.RoleArn, name, 'scheduler.amazonaws.com'),
    );
    return rights ? { ...properties, name, rights } : [];
  });
