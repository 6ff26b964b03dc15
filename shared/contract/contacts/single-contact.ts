import * as z from 'zod/mini';
import { type Refusals, refusalsIn } from '#domain/contacts/consent.ts';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { isIdentified } from '#domain/contacts/match.ts';
import { RollcallError } from '#domain/error.ts';
import type { Problem } from '#domain/problem.ts';
import { memberConsentReader } from '../consent/member-consent.ts';
import { binderOf, isObject } from '../imports/bind.ts';
import { type Groups, groupsRequest, readGroups } from '../segments/group-names.ts';
import { type ReadingRule, readContact } from './contact-draft.ts';
import { contactMembers } from './contact-request.ts';

const restoreDeleted = z.optional(
  z
    .boolean()
    .check(z.describe('Whether a deleted contact that is restored comes back with the segments that it was in')),
);

/** One contact by itself, with the segments that it joins (contract 4.4 and 4.5). */
export const singleContactRequest = z
  .extend(contactMembers, { groups: z.optional(groupsRequest), restoreDeleted })
  .check(
    z.meta({
      id: 'SingleContact',
      examples: [
        {
          firstName: 'John',
          lastName: 'Smith',
          channels: [
            { type: 'email', value: 'mail@example.com' },
            { type: 'sms', value: '380942583691' },
          ],
          externalCustomerId: 'C-17',
          groups: [{ name: 'Customers' }],
        },
      ],
    }),
  );

/** The answer of the methods that save one contact and say which. */
export const contactIdResponse = z
  .object({ id: z.int().check(z.describe('The id of the contact')) })
  .check(z.meta({ id: 'ContactId', examples: [{ id: 95064156 }] }));

/** What an update is answered with (contract 4.5). */
export const updatedResponse = z.string().check(z.meta({ examples: ["Contact with id='564407320' has been updated"] }));

/** The sentence of contract 4.5. */
export const updatedSentence = (id: number): string => `Contact with id='${id}' has been updated`;

/** A contact that was read, its segments, and what was left out of it. */
export interface ReadSingleContact extends Groups {
  readonly draft: ContactDraft;
  readonly warnings: readonly Problem[];
  /** Channels that are none. */
  readonly leftOut?: readonly Problem[];
  /** Whether a deleted contact comes back with the segments that it was in. */
  readonly restoreDeleted?: boolean;
  /** What it says against writing to the person, by the same members as a bulk request has. */
  readonly refusals?: Refusals;
}

type SingleRule = Omit<ReadingRule, 'readsId'>;

/**
 * Reads the body of `POST /api/v1/contact` (contract 4.4).
 * @throws RollcallError INVALID_REQUEST for a bad value, or if nothing says which contact it is; an invalid channel is
 * left out if something else does.
 */
export const parseSingleContact = (body: unknown, rule: SingleRule): ReadSingleContact => {
  const contact = parseContactUpdate(body, rule);
  if (isIdentified(contact.draft, { dedupeOn: 'any_channel' })) return contact;
  throw unidentified(
    contact,
    'The contact needs "channels" with an e-mail address, a phone number or a push token, or an externalCustomerId',
  );
};

/** The error of a contact that cannot be found by anything: what is wrong with its channels, else that it has none. */
export const unidentified = ({ leftOut = [] }: ReadSingleContact, missing: string): RollcallError => {
  const messages = leftOut.map(({ message }) => message);
  return new RollcallError('INVALID_REQUEST', messages.length > 0 ? messages.join('; ') : missing);
};

/**
 * Reads the body of `PUT /api/v1/contact/{id}`, in which everything is optional (contract 4.5). Some callers put the contact
 * into a member `contact`, as subscriptions have it.
 * @throws RollcallError INVALID_REQUEST for a bad value.
 */
export const parseContactUpdate = (body: unknown, rule: SingleRule): ReadSingleContact => {
  if (!isObject(body)) throw new RollcallError('INVALID_REQUEST', 'The body must be a contact object');
  const { contact } = body;
  if (!isObject(contact)) return readSingleContact(body, { groups: body.groups }, rule);
  const members = { ...contact, ...body };
  return readSingleContact(members, { groups: body.groups, 'contact.groups': contact.groups }, rule);
};

/** Whether a body is a single contact and not a bulk request: both have the same URL (contract 4.2). */
export const isSingleContact = (body: unknown): boolean =>
  isObject(body) &&
  (body.contacts ?? undefined) === undefined &&
  ['channels', 'firstName', 'lastName', 'externalCustomerId'].some((name) => Object.hasOwn(body, name));

const bindFlag = binderOf(z.boolean());

/**
 * Reads a contact and the segments that these members name.
 * @throws RollcallError INVALID_REQUEST that says everything that is wrong with the contact.
 */
export const readSingleContact = (
  contact: Readonly<Record<string, unknown>>,
  groupMembers: Readonly<Record<string, unknown>>,
  rule: SingleRule,
): ReadSingleContact => {
  const { draft, errors, warnings, leftOut } = readContact(contact, { ...rule, readsId: false });
  if (!draft) throw new RollcallError('INVALID_REQUEST', errors.map(({ message }) => message).join('; '));
  const isRestored = bindFlag(contact.restoreDeleted) === true && { restoreDeleted: true };
  const said = readConsent(contact);
  if (said.problem) throw new RollcallError('INVALID_REQUEST', `${said.problem.field}: ${said.problem.message}`);
  const refusals = refusalsIn(said.consent);
  return {
    draft: said.consent.unconfirmed ? { ...draft, confirmed: false } : draft,
    warnings,
    ...(leftOut && { leftOut }),
    ...isRestored,
    ...(refusals && { refusals }),
    ...readGroups(groupMembers),
  };
};

const readConsent = memberConsentReader();
