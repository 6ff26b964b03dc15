import * as z from 'zod/mini';
import { eventTypeKey } from '../events/event-request.ts';

const most = { days: 365, hours: 8_760, minutes: 525_600, seconds: 31_536_000 } as const;

const part = (limit: number) => z.optional(z.int().check(z.gte(0), z.lte(limit)));

/** A length of time, of at least a second and at most a year. */
export const duration = z
  .strictObject({
    days: part(most.days),
    hours: part(most.hours),
    minutes: part(most.minutes),
    seconds: part(most.seconds),
  })
  .check(z.meta({ id: 'Duration', description: 'The sum of its members', examples: [{ days: 3 }] }));

const stepId = z
  .string()
  .check(z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,49}$/), z.describe('Unique within the workflow; by its place if absent'));

const turn = z
  .union([z.enum(['continue', 'end']), z.strictObject({ goTo: stepId })], {
    error: 'be continue, end, or {"goTo": "<the id of a later step>"}',
  })
  .check(z.meta({ id: 'Turn', description: 'Where the run goes: to the next step, to its end, or to a later step' }));

const text = (longest: number, description: string) =>
  z.string().check(z.minLength(1), z.maxLength(longest), z.describe(description));

const segment = text(100, 'The name of a static segment, which is made where missing');
const json = z.optional(
  text(100, 'The parameter with the JSON about the contact; `contactJson` or `json` where absent'),
);

const base = { id: z.optional(stepId) };

const createContact = z.strictObject({ ...base, type: z.literal('createContact'), json });
const updateContact = z.strictObject({ ...base, type: z.literal('updateContact'), json });

const updateFields = z.strictObject({
  ...base,
  type: z.literal('updateFields'),
  fields: z
    .array(
      z.strictObject({
        id: z.int().check(z.positive()),
        operation: z.enum(['=', '+', '-']),
        value: z
          .string()
          .check(z.maxLength(5_000), z.describe('With `${name}` in the place of parameters of the event')),
      }),
    )
    .check(z.minLength(1), z.maxLength(50)),
});

const confirmContact = z.strictObject({ ...base, type: z.literal('confirmContact'), segment: z.optional(segment) });
const addToSegment = z.strictObject({ ...base, type: z.literal('addToSegment'), segment });
const removeFromSegment = z.strictObject({ ...base, type: z.literal('removeFromSegment'), segment });

const sendEmail = z.strictObject({
  ...base,
  type: z.literal('sendEmail'),
  to: z.optional(text(500, 'An address, e.g. `${Email}`; the contact of the run where absent')),
  fromName: z.optional(text(100, 'In place of the usual name of the sender')),
  messageId: z.optional(z.int().check(z.positive(), z.describe('A stored message, in place of subject and bodies'))),
  subject: z.optional(text(500, 'With `${name}` where parameters go, and `${contact.firstName}` and the like')),
  html: z.optional(text(100_000, 'The same, and `${confirmationLink}`, which confirms the address')),
  text: z.optional(text(100_000, 'The same')),
  obligatory: z._default(
    z.boolean().check(z.describe('Whether it goes to unconfirmed and unsubscribed addresses, too')),
    false,
  ),
});

const sendSms = z.strictObject({
  ...base,
  type: z.literal('sendSms'),
  to: z.optional(text(500, 'A phone number, e.g. `${Phone}`; the contact of the run where absent')),
  from: z.optional(text(40, 'What it is from; the usual where absent')),
  text: text(1_600, 'With `${name}` where parameters go'),
});

const callWebhook = z.strictObject({
  ...base,
  type: z.literal('callWebhook'),
  url: text(2_000, 'https, with `${name}` in its path or query where parameters go'),
});

const wait = z.strictObject({ ...base, type: z.literal('wait'), for: duration });

const waitForEvent = z.strictObject({
  ...base,
  type: z.literal('waitForEvent'),
  eventTypeKey,
  timeout: duration,
  onEvent: z._default(turn, 'continue'),
  onTimeout: z._default(turn, 'end'),
});

const condition = z.strictObject({
  ...base,
  type: z.literal('condition'),
  check: z.literal('contactConfirmed'),
  onTrue: z._default(turn, 'continue'),
  onFalse: z._default(turn, 'end'),
});

const steps = [
  createContact,
  updateContact,
  updateFields,
  confirmContact,
  addToSegment,
  removeFromSegment,
  sendEmail,
  sendSms,
  callWebhook,
  wait,
  waitForEvent,
  condition,
] as const;

/** A step of a workflow as callers send it. */
export const stepRequest = z.discriminatedUnion('type', steps, {
  error: `be one of ${steps.map(({ shape }) => shape.type._zod.def.values[0]).join(', ')}`,
});
