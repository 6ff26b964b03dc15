import * as z from 'zod';

/** Settings of how a stage is watched, paid for, protected and reached, each with its default. */
export const operatingSettings = {
  alarmEmail: z.email().optional().describe('Who gets alarms by mail; no one if absent'),
  alarmTopicArn: z
    .string()
    .regex(/^arn:[^:]+:sns:[^:]+:\d{12}:[A-Za-z0-9_-]+$/, 'the ARN of a topic of Amazon SNS')
    .optional()
    .describe(
      'A topic of Amazon SNS that alarms go to; one of the stage’s own if absent, to which you subscribe what you like',
    ),
  dashboard: z.boolean().default(true).describe('Whether the stage has a dashboard in Amazon CloudWatch'),
  monthlyBudget: z
    .strictObject({ dollars: z.number().positive(), of: z.enum(['stage', 'account']).default('stage') })
    .optional()
    .describe(
      'When a forecast of the month’s costs raises an alarm: of this stage, if you activated the cost allocation tag `rollcall:stage`, or of the whole account; no such alarm if absent',
    ),
  tags: z
    .record(z.string().regex(/^(?!aws:|rollcall:).{1,128}$/), z.string().max(256))
    .default({})
    .describe('Tags of every resource, beside `rollcall:stage`, to sort costs by'),
  customerKey: z
    .boolean()
    .default(false)
    .describe(
      'Whether table, bucket, queues, alarms and logs are encrypted by a key of AWS KMS of the stage’s own, at a dollar a month and three cents for 10,000 calls; AWS’s own keys if false',
    ),
  restoredTable: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{3,255}$/, 'the name of a table')
    .optional()
    .describe(
      'A table that was restored from a backup and takes the place of the stage’s own, which stays as it is; the stage’s own if absent',
    ),
  domain: z
    .strictObject({
      name: z.string().regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, 'a domain in small letters, e.g. contacts.example.com'),
      certificateArn: z
        .string()
        .regex(/^arn:[^:]+:acm:[^:]+:\d{12}:certificate\/.+$/, 'the ARN of a certificate of AWS Certificate Manager')
        .optional(),
      hostedZone: z.strictObject({ id: z.string().regex(/^Z[A-Z0-9]+$/), name: z.string() }).optional(),
    })
    .refine(
      ({ certificateArn, hostedZone }) => certificateArn || hostedZone,
      'a domain needs a certificateArn or a hostedZone',
    )
    .optional()
    .describe(
      'A domain of yours for the API. With a `hostedZone` of Amazon Route 53, the stack makes the records, and the certificate if there is no `certificateArn`; without one, the outputs say what record to make',
    ),
} as const;
