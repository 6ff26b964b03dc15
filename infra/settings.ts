import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { defaultRatePerSecond } from '#names/routes.ts';
import { appearanceSettings, refuseUnfit } from './appearance-settings.ts';
import { operatingSettings } from './operating-settings.ts';
import { builtInStages, type Stages } from './stages.ts';

/** The days that CloudWatch Logs can keep a log group. */
const logRetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653] as const;

const days = (most: number) => z.int().min(1).max(most);

/** They travel in the environment of functions, which holds 4 KB. */
const junkList = z.array(z.string().min(1).max(40)).max(25).default([]);

/** What a stage may say in `stages/<name>.json`, each setting with its default; `docs/reference.md` lists them. */
export const settingsSchema = z.strictObject({
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, 'two capital letters, e.g. UA')
    .default('UA')
    .describe('ISO 3166-1 alpha-2; national phone numbers are read in it'),
  strictNames: z
    .boolean()
    .default(false)
    .describe(
      "Whether a name that breaks the vendor's naming rules is left out; otherwise only markup, links and what is longer than 40 characters are",
    ),
  junkValues: junkList.describe(
    'Texts that stand for nobody as an `externalCustomerId`, a phone, an e-mail address or a token, beside `NULL`, `N/A`, `0` and their like',
  ),
  realValues: junkList.describe(
    'Texts that are somebody although they look like nobody, e.g. an id `0` that is really used',
  ),
  importRetentionDays: days(3650).default(30).describe("How long an import's rows and outcomes are kept"),
  eventRetentionDays: days(3650).default(30).describe('How long the event log keeps an event'),
  logRetentionDays: z.literal(logRetentionDays).default(30).describe('How long CloudWatch keeps log lines'),
  defaultRatePerSecond: z
    .int()
    .min(1)
    .max(10_000)
    .default(defaultRatePerSecond)
    .describe('Requests a second for each route that names no rate of its own'),
  throttleBurst: z.int().min(1).max(5_000).default(400).describe('Requests that a route takes at once, above its rate'),
  logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).default('INFO').describe('The lowest level that functions log'),
  ...operatingSettings,
  organisationId: z.int().min(1).default(1).describe('What `GET /api/v1/account/info` calls `orgId`'),
  organisationName: z
    .string()
    .min(1)
    .max(100)
    .default('Rollcall')
    .describe('What `GET /api/v1/account/info` calls the account'),
  accountEmail: z.email().default('owner@example.com').describe('What `GET /api/v1/account/info` calls `userEmail`'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'three capital letters, e.g. UAH')
    .default('UAH')
    .describe('ISO 4217; the currency of `GET /api/v1/balance`, and of orders that name none'),
  corsOrigins: z
    .array(z.string().regex(/^(\*|https?:\/\/[^/]+)$/, '* or an origin, e.g. https://shop.example'))
    .min(1)
    .default(['*'])
    .describe('Origins of browsers that may call the API'),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional()
    .describe(
      'The address at which people open links of messages, if the API has a domain of yours; its own address if absent',
    ),
  doubleOptIn: z.boolean().default(true).describe('Whether a message asks subscribers to confirm their address'),
  senderAddress: z.email().optional().describe('Who e-mails come from; none is sent if absent'),
  createSenderIdentity: z
    .boolean()
    .default(true)
    .describe(
      'Whether the stack registers `senderAddress` with Amazon SES; set it to false if it or its domain is verified there already, or by another stage',
    ),
  senderAddresses: z
    .array(z.email())
    .max(20)
    .default([])
    .describe(
      'Further addresses that messages may come from; each of them, or its domain, must be verified in Amazon SES',
    ),
  smsSenders: z
    .array(z.string().regex(/^[A-Za-z0-9_:/+-]{1,256}$/, 'a phone number, a sender id or a pool'))
    .max(10)
    .default([])
    .describe(
      'Phone numbers, sender ids or pools of AWS End User Messaging that SMS come from, the first by default; no SMS if empty',
    ),
  messageRetentionDays: z
    .int()
    .min(15)
    .max(3650)
    .default(30)
    .describe('How long messages and their status are kept; at least as long as one may wait in a queue'),
  messageConcurrency: z
    .int()
    .min(2)
    .max(100)
    .default(2)
    .describe('Messages that are sent at the same time; two stay below the rate of a new account of Amazon SES'),
  ...appearanceSettings,
  confirmationLinkDays: days(30).default(7).describe('How long its link is valid'),
  confirmedSegment: z
    .string()
    .max(100)
    .default('Subscribers')
    .describe('The segment that a contact joins when it confirms; none if empty'),
  redirectUrls: z
    .record(z.string().min(1).max(60), z.url({ protocol: /^https?$/ }))
    .refine((urls) => JSON.stringify(urls).length <= 1000, 'the addresses have more than 1,000 characters together')
    .default({})
    .describe('The page after confirming, by `formType` or `default`; a page of Rollcall if absent'),
  honeypotField: z
    .string()
    .regex(/^[A-Za-z]\w{0,39}$/, 'a member name, e.g. website')
    .optional()
    .describe(
      'A member of subscriptions that only programs fill in; such a subscription is not stored. No such trap if absent',
    ),
  formTells: z
    .enum(['status', 'nothing'])
    .default('status')
    .describe(
      'What the answer to a form with a `subscribe` key tells: `status`, as the vendor, or `nothing`, the same for known and unknown addresses',
    ),
  formsPerSource: z
    .int()
    .min(0)
    .max(100_000)
    .default(30)
    .describe('Forms a minute that are taken from one network address; 0 for any number, e.g. behind a proxy'),
  formsPerAddress: z
    .int()
    .min(0)
    .max(100_000)
    .default(20)
    .describe('Forms an hour that are taken about one e-mail address or phone number; 0 for any number'),
  captcha: z
    .strictObject({
      provider: z.enum(['turnstile', 'hcaptcha']),
      secret: z.string().min(1).max(200),
      url: z.url({ protocol: /^https?$/ }).optional(),
    })
    .optional()
    .describe(
      'The `provider` (`turnstile`, `hcaptcha`) that tells people from programs in forms, its `secret`, and a `url` where it is asked if not at its own; no such check where absent',
    ),
  phoneMatches: z
    .enum(['always', 'unlessEmailDiffers'])
    .default('always')
    .describe(
      'Whether a phone number means its contact whatever e-mail address comes with it, which then replaces the one that is stored; otherwise somebody with another address is another contact',
    ),
  fieldChangeEvents: z
    .boolean()
    .default(false)
    .describe('Whether each member that an update changes is published as `ContactFieldChanged`'),
  segmentEvents: z
    .boolean()
    .default(false)
    .describe(
      'Whether each contact that joins or leaves a segment is published as `contactAddedToSegment` or `contactRemovedFromSegment`',
    ),
  removalEvents: z
    .boolean()
    .default(false)
    .describe('Whether each contact that the undo of an import removes is published as `contactRemoved`'),
  deletePastEvents: z
    .boolean()
    .default(false)
    .describe('Whether callers may delete past events, by `DELETE past_events`'),
  workflowRunRetentionDays: days(3650).default(30).describe('How long a run of a workflow is kept once it is over'),
  subscriptionCheckSeconds: z
    .int()
    .min(0)
    .max(900)
    .default(60)
    .describe('When a new subscriber is checked, in case its request was cut short before its event'),
  countSeconds: z
    .int()
    .min(1)
    .max(300)
    .default(60)
    .describe('How long what happens to contacts is gathered before it is counted for the overview'),
  sweepMinutes: z
    .int()
    .min(5)
    .max(1440)
    .default(15)
    .describe(
      'How often Rollcall looks for imports whose messages were lost; an import that stands still is sent again at the second look',
    ),
  httpLinks: z
    .boolean()
    .default(true)
    .describe('Whether callers may link to files by `http://`; if false, by `https://` only'),
  uploadMaxMegabytes: z
    .int()
    .min(1)
    .max(5000)
    .default(300)
    .describe('The largest file that is imported, in MB of 1,048,576 bytes'),
  splitTimeoutSeconds: z
    .int()
    .min(5)
    .max(900)
    .default(900)
    .describe('How long one worker cuts a file into chunks before the next one resumes'),
  accountConcurrency: z
    .int()
    .min(10)
    .max(1_000_000)
    .default(10)
    .describe(
      'How many functions AWS Lambda lets the account run at once: `aws lambda get-account-settings --query AccountLimit.ConcurrentExecutions`. Each queue gets a part of it',
    ),
  importConcurrency: z
    .int()
    .min(2)
    .max(1000)
    .optional()
    .describe(
      'Chunks of imports that are worked on at the same time; a tenth of `accountConcurrency`, 2 to 10, if absent',
    ),
  chunkTimeoutSeconds: z
    .int()
    .min(5)
    .max(900)
    .default(120)
    .describe('How long one chunk may take; if it fails, its message comes again after six times as long'),
  deletionProtection: z
    .boolean()
    .default(true)
    .describe(
      'Whether the stack and the table refuse to be deleted, and the data stays if the stack is deleted all the same; if false, nothing stays',
    ),
  warmThroughput: z
    .strictObject({
      readsPerSecond: z.int().min(12_000).max(40_000),
      writesPerSecond: z.int().min(4_000).max(40_000),
    })
    .optional()
    .describe(
      'What the table and each index take at once, in capacity units; 12,000 and 4,000 if absent, later twice the former peak. AWS charges once for what is above, and it can only be raised',
    ),
  exampleConsumerEventTypeKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,100}$/, 'an event type key, e.g. newContact')
    .optional()
    .describe('The event type that the example consumer `welcome-contact` listens to; no example if absent'),
});

/** Everything that differs between two deployments of the stack; see `stages.ts`. */
export interface Settings extends z.output<typeof settingsSchema> {
  /** The deployment's name, part of the names of its stack and its resources. */
  readonly stage: string;
}

/**
 * The settings of one stage.
 * @throws Error that names the setting, when one is unknown or has a value that it cannot have.
 */
export const parseSettings = (stage: string, stages: Stages): Settings => {
  if (!/^[a-z][a-z0-9-]{0,15}$/.test(stage)) {
    throw new Error(`Stage "${stage}": a stage name has at most 16 lower-case letters, digits and hyphens`);
  }
  if (!(stage in stages)) {
    throw new Error(`There is no stages/${stage}.json, and these stages are there: ${Object.keys(stages).join(', ')}`);
  }
  const settings = settingsSchema.safeParse(stages[stage]);
  if (!settings.success) throw new Error(`Stage "${stage}": ${z.prettifyError(settings.error)}`);
  refuseUnfit(settings.data, (setting, message) => {
    throw new Error(`Stage "${stage}": ${setting}: ${message}`);
  });
  return { stage, ...settings.data };
};

/** The project's own context: what the CDK CLI would read from `cdk.json`. */
export const readContext = (): Record<string, unknown> => {
  const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'));
  return context;
};

/** The settings of a stage that comes along, with some replaced. */
export const settingsOf = (
  stage: keyof typeof builtInStages,
  replaced: Partial<z.input<typeof settingsSchema>> = {},
): Settings => parseSettings(stage, { [stage]: { ...builtInStages[stage], ...replaced } });
