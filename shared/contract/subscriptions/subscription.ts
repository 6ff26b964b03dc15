import * as z from 'zod/mini';
import { isIdentified } from '#domain/contacts/match.ts';
import { RollcallError } from '#domain/error.ts';
import type { ReadingRule } from '../contacts/contact-draft.ts';
import { listOf } from '../contacts/read-channels.ts';
import {
  type ReadSingleContact,
  readSingleContact,
  singleContactRequest,
  unidentified,
} from '../contacts/single-contact.ts';
import { binderOf, isObject } from '../imports/bind.ts';
import { demandOf } from '../issue.ts';
import { groupsRequest, readGroups } from '../segments/group-names.ts';
import { isTrapped } from './honeypot.ts';

/** Which form it was: without the characters that event keys cannot have (contract 4.16). */
const formTypeRequest = z
  .string()
  .check(
    z.maxLength(60),
    z.regex(/^[^<>;’\\/|"`'^?!,\p{Cc}\uFFFD]*$/u),
    z.meta({ description: 'Which form it was; the event type ends with it', examples: ['abc'] }),
  );

const captchaAnswer = z
  .string()
  .check(z.describe('What the widget of the CAPTCHA put into the form, where the stage asks for one'));

/** The body of `POST /api/v1/contact/subscribe` (contract 4.1). */
export const subscriptionRequest = z
  .object({
    contact: singleContactRequest,
    groups: z.optional(groupsRequest),
    subscriptions: z.optional(
      z
        .array(z.string())
        .check(z.describe('Keys of subscription categories; a key that no category has names a segment')),
    ),
    formType: z.optional(formTypeRequest),
    'cf-turnstile-response': z.optional(captchaAnswer),
    'h-captcha-response': z.optional(captchaAnswer),
  })
  .check(
    z.meta({
      id: 'Subscription',
      examples: [
        {
          contact: {
            channels: [
              { type: 'email', value: 'mail@example.com' },
              { type: 'sms', value: '380942583691' },
            ],
            firstName: 'John',
            lastName: 'Smith',
            address: { town: 'London', region: 'West', address: 'First str. 1', postcode: '12345' },
            fields: [{ id: 12345, value: '...' }],
          },
          groups: ['Subscribers'],
          formType: 'abc',
        },
      ],
    }),
  );

/** The answer of `POST /api/v1/contact/subscribe` (contract 4.1). */
export const subscriptionResponse = z
  .object({
    id: z.int().check(z.describe('The id of the contact')),
    emailStatus: z.optional(
      z
        .enum(['NEED_CONFIRMATION', 'SUBSCRIBED', 'ALREADY_SUBSCRIBED', 'BLACKLISTED'])
        .check(z.describe('Absent if no e-mail address was sent')),
    ),
  })
  .check(z.meta({ id: 'SubscriptionAnswer', examples: [{ id: 564407320, emailStatus: 'NEED_CONFIRMATION' }] }));

/** A subscription that was read. */
export interface ReadSubscription extends ReadSingleContact {
  readonly categoryKeys?: readonly string[];
  /** Whether it names a contact by its id, which is not read. */
  readonly namesId?: boolean;
  readonly formType?: string;
}

/** A subscription, and whether it fell for the trap. */
export interface TriedSubscription {
  readonly subscription: ReadSubscription;
  readonly isTrapped: boolean;
  /** What the widget of a CAPTCHA put into the form; empty if it has none. */
  readonly captchaAnswer: string;
}

/** How subscriptions are read: national phone numbers in a country, and which member is the trap. */
export interface SubscriptionRule extends Pick<ReadingRule, 'defaultCountry' | 'junk'> {
  readonly honeypotField: string;
}

/**
 * Reads the body of `POST /api/v1/contact/subscribe`, and whether only a program can have filled it in.
 * @throws RollcallError INVALID_REQUEST as `parseSubscription` does.
 */
export const readSubscription = (body: unknown, rule: SubscriptionRule): TriedSubscription => ({
  subscription: parseSubscription(body, rule),
  isTrapped: isTrapped(body, rule.honeypotField),
  captchaAnswer: captchaAnswerIn(body),
});

/**
 * Reads the body of `POST /api/v1/contact/subscribe`, leniently (contract 1.3 and 4.1).
 * @throws RollcallError INVALID_REQUEST for a bad value, or a contact that cannot be reached or found again.
 */
export const parseSubscription = (body: unknown, rule: Omit<ReadingRule, 'readsId'>): ReadSubscription => {
  if (!isObject(body) || !isObject(body.contact)) {
    throw new RollcallError('INVALID_REQUEST', 'The body must have the object "contact"');
  }
  const { groups, subscriptions, contact } = body;
  // Some callers put the custom fields beside the contact.
  const fields = [...listOf(body.fields), ...listOf(contact.fields)];
  const restoreDeleted = body.restoreDeleted ?? contact.restoreDeleted;
  const groupMembers = { groups, 'contact.groups': contact.groups };
  const { groupNames: categoryKeys } = readGroups({ subscriptions });
  const subscription = readSingleContact({ ...contact, fields, restoreDeleted }, groupMembers, rule);
  refuseUnreachable(subscription);
  const formType = readFormType(body.formType);
  return {
    ...subscription,
    ...(categoryKeys.length > 0 && { categoryKeys }),
    ...((contact.id ?? undefined) !== undefined && { namesId: true }),
    ...(formType !== undefined && { formType }),
  };
};

/** A channel is required; one that is left out is enough if an externalCustomerId says which contact it is. */
const refuseUnreachable = (contact: ReadSingleContact): void => {
  const { draft, leftOut = [] } = contact;
  const invalid = leftOut.find(({ code }) => code !== 'NO_VALUE');
  const hasChannel = [draft.email, draft.sms, draft.tokens, invalid].some((one) => one !== undefined);
  if (hasChannel && isIdentified(draft, { dedupeOn: 'any_channel' })) return;
  throw unidentified(contact, 'contact.channels must have an e-mail address, a phone number or a push token');
};

const bindText = binderOf(formTypeRequest);

/** The form type, if there is one; of a list the first (contract 1.3). */
const readFormType = (value: unknown): string | undefined => {
  const bound = bindText(Array.isArray(value) ? value[0] : value);
  if (bound === null || bound === undefined) return undefined;
  const parsed = formTypeRequest.safeParse(typeof bound === 'string' ? bound.trim() : bound);
  if (parsed.success) return parsed.data || undefined;
  const [issue] = parsed.error.issues;
  const demand = issue?.code === 'invalid_format' ? `have none of ${forbidden}` : issue ? demandOf(issue) : 'be text';
  throw new RollcallError('INVALID_REQUEST', `formType must ${demand}`);
};

const forbidden = '< > ; ’ \\ / | " ` \' ^ ? ! ,';

const captchaAnswerIn = (body: unknown): string => {
  const answers = isObject(body) ? [body['cf-turnstile-response'], body['h-captcha-response']] : [];
  return answers.filter((answer) => typeof answer === 'string').find((answer) => answer !== '') ?? '';
};
