import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { defaultRatePerSecond } from '#names/routes.ts';

/** The days that CloudWatch Logs can keep a log group. */
const logRetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653] as const;

const days = (most: number) => z.int().min(1).max(most);

const settingsSchema = z.strictObject({
  /** ISO 3166-1 alpha-2; national phone numbers are read in it. */
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, 'two capital letters, e.g. UA')
    .default('UA'),
  /** How long an import's rows and outcomes stay in the bucket. */
  importRetentionDays: days(3650).default(30),
  /** How long the event log keeps an event. */
  eventRetentionDays: days(3650).default(30),
  logRetentionDays: z.literal(logRetentionDays).default(30),
  /** Requests a second for each route that names no rate of its own. */
  defaultRatePerSecond: z.int().min(1).max(10_000).default(defaultRatePerSecond),
  /** Requests that a route takes at once before its rate counts. */
  throttleBurst: z.int().min(1).max(5_000).default(400),
  logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).default('INFO'),
  /** Who hears of alarms; nobody where absent. */
  alarmEmail: z.email().optional(),
  /** What `GET /api/v1/account/info` says. */
  organisationName: z.string().min(1).max(100).default('Rollcall'),
  accountEmail: z.email().default('owner@example.com'),
  /** ISO 4217; what `GET /api/v1/balance` is in. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'three capital letters, e.g. UAH')
    .default('UAH'),
  /** Origins of browsers that may call the API. */
  corsOrigins: z
    .array(z.string().regex(/^(\*|https?:\/\/[^/]+)$/, '* or an origin, e.g. https://shop.example'))
    .min(1)
    .default(['*']),
  /** Chunks of imports that are worked on at once. */
  importConcurrency: z.int().min(2).max(1000).default(10),
  /** How long one chunk may take; its message comes again after six times as long. */
  chunkTimeoutSeconds: z.int().min(5).max(900).default(120),
  /** Whether the table refuses to be deleted, and data stays when the stack goes. */
  deletionProtection: z.boolean().default(true),
  /** The event type key that the example consumer `welcome-contact` listens to; no example where absent. */
  exampleConsumerEventTypeKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,100}$/, 'an event type key, e.g. newContact')
    .optional(),
});

/** Everything that differs between two deployments of the stack; see `cdk.json`. */
export interface Settings extends z.output<typeof settingsSchema> {
  /** The deployment's name, part of the names of its stack and its resources. */
  readonly stage: string;
}

/**
 * The settings of one stage out of the context value `stages`.
 * @throws Error that names the setting, when one is unknown or has a value that it cannot have.
 */
export const parseSettings = (stage: string, stages: unknown): Settings => {
  if (!/^[a-z][a-z0-9-]{0,15}$/.test(stage)) {
    throw new Error(`Stage "${stage}": a stage name has at most 16 lower-case letters, digits and hyphens`);
  }
  const known = z.record(z.string(), z.unknown()).parse(stages);
  if (!(stage in known)) {
    throw new Error(`There is no stage "${stage}" in the context value "stages": ${Object.keys(known).join(', ')}`);
  }
  const settings = settingsSchema.safeParse(known[stage]);
  if (!settings.success) throw new Error(`Stage "${stage}": ${z.prettifyError(settings.error)}`);
  return { stage, ...settings.data };
};

/** The project's own context: what the CDK CLI would read from `cdk.json`. */
export const readContext = (): Record<string, unknown> => {
  const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'));
  return context;
};

/** The settings of a stage of `cdk.json`, with some replaced. */
export const settingsOf = (stage: string, replaced: Partial<z.input<typeof settingsSchema>> = {}): Settings => {
  const stages = z.record(z.string(), z.looseObject({})).parse(readContext().stages);
  return parseSettings(stage, { ...stages, [stage]: { ...stages[stage], ...replaced } });
};
