import * as z from 'zod/mini';
import type { Contact, ContactSource } from '#domain/contacts/contact.ts';
import type { Segment } from '#domain/segments/segment.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { channelTypes } from './contact-request.ts';
import { madeByOf, madeByResponse } from './made-by.ts';

/** The account's one catalogue of contacts (contract 2.1). */
export const addressBookId = 1;

const details = z.optional(z.record(z.string(), z.unknown()));

/** A segment on the wire (contract 2.5). */
export const groupResponse = z
  .object({ id: z.int(), name: z.string(), type: z.enum(['Static', 'Dynamic', 'Combined']) })
  .check(z.meta({ id: 'Group', examples: [{ id: 3601264, name: 'Customers', type: 'Static' }] }));

const contactMembers = z.object({
  id: z.int(),
  addressBookId: z.int(),
  externalCustomerId: z.optional(z.string()),
  contactKey: z.optional(z.string()),
  firstName: z.optional(z.string()),
  lastName: z.optional(z.string()),
  channels: z.array(
    z.object({ type: z.enum(channelTypes), value: z.string(), device: details, webPushSubscription: details }),
  ),
  address: z.optional(
    z.object({
      region: z.string(),
      town: z.string(),
      address: z.string(),
      postcode: z.string(),
      countryCode: z.optional(z.string()),
    }),
  ),
  fields: z.optional(z.array(z.object({ id: z.int(), value: z.string() }))),
  languageCode: z.optional(z.string()),
  timeZone: z.optional(z.string()),
  ordersInfo: z.optional(z.object({ lastDate: z.string(), count: z.int() })),
});

/** A contact on the wire (contract 2.1); members without a value are left out. */
export const contactResponse = z
  .extend(contactMembers, {
    groups: z.optional(z.array(groupResponse).check(z.describe('Only if a single contact is asked for'))),
  })
  .check(
    z.meta({
      id: 'Contact',
      examples: [
        {
          id: 95064060,
          addressBookId,
          firstName: 'John',
          channels: [{ type: 'email', value: 'mail@example.com' }],
          groups: [{ id: 3601264, name: 'Customers', type: 'Static' }],
        },
      ],
    }),
  );

/** The sources of contract 2.9 as people read them. */
export const sourceLabels: Readonly<Record<ContactSource, string>> = {
  SUBSCRIPTION: 'subscription form',
  IMPORT: 'contact import',
  API: 'API',
  I_MESSAGE: 'single message',
  ORDER: 'Integration of orders for RFM',
  CAMPAIGN: 'workflow',
  SITE_AUTOMATED: 'web push',
};

/** The sources of contract 2.9 as exports call them. */
export const sources = Object.keys(sourceLabels) as [ContactSource, ...ContactSource[]];

/** Whether an address may get bulk mail, and why not (contract 2.8). */
const emailStatuses = ['confirmed', 'unconfirmed', 'unsubscribed', 'spam', 'blacklisted'] as const;

/** Why a phone may get bulk SMS or not; it has no confirmation (contract 2.8). */
const smsStatuses = ['subscribed', 'unsubscribed', 'spam', 'blacklisted'] as const;

const suppressionResponse = z.object({
  reason: z.enum(['unsubscribed', 'spam', 'blacklisted']),
  cause: z.optional(
    z
      .enum(['bounced', 'deleted', 'noConsent', 'stopped'])
      .check(z.describe('What made it so, where it was not the word of its owner')),
  ),
  since: z.iso.datetime(),
});

/** A contact with what the wire of the contract cannot say. */
export const adminContactResponse = z
  .extend(contactMembers, {
    source: z.enum(sources),
    sourceLabel: z
      .string()
      .check(z.meta({ description: 'The source as people read it', examples: ['contact import'] })),
    madeBy: z.optional(madeByResponse.check(z.describe('What created it; only if a single contact is asked for'))),
    confirmed: z.boolean().check(z.describe('Whether the e-mail address is confirmed')),
    emailStatus: z.optional(
      z.enum(emailStatuses).check(z.describe('Whether the address may get bulk mail, and why not')),
    ),
    emailStatusSince: z.optional(
      z.iso.datetime().check(z.describe('Since when the address gets no bulk mail, if that is so')),
    ),
    version: z.int().check(z.describe('Grows by one with each change; what an edit was made of')),
    emailSuppression: z.optional(
      suppressionResponse.check(z.describe('Why the address gets no bulk mail, no matter who has it, and since when')),
    ),
    smsStatus: z.optional(
      z
        .enum(smsStatuses)
        .check(z.describe('Whether the phone may get bulk SMS; only if a single contact is asked for')),
    ),
    smsSuppression: z.optional(suppressionResponse),
    state: z.enum(['active', 'deleted']),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    origin: z.optional(
      z
        .object({ createdAt: z.optional(z.iso.datetime()), subscribedAt: z.optional(z.iso.datetime()) })
        .check(z.describe('Since when the program that the contact came from knew the person')),
    ),
    segments: z.optional(z.array(groupResponse).check(z.describe('Only if a single contact is asked for'))),
  })
  .check(z.meta({ id: 'AdminContact' }));

/** A contact as the contract shows it, with its static segments if they are known. */
export const contactBody = (contact: Contact, groups?: readonly Segment[]): z.output<typeof contactResponse> =>
  contactResponse.parse({ ...membersOf(contact), groups: groups?.filter(({ type }) => type === 'Static') });

/** A contact as our own routes show it. */
export const adminContactBody = (
  contact: Contact,
  { segments, suppressions }: { readonly segments?: readonly Segment[]; readonly suppressions?: Suppressions } = {},
): z.output<typeof adminContactResponse> =>
  adminContactResponse.parse({
    ...contact,
    ...membersOf(contact),
    sourceLabel: sourceLabels[contact.source],
    ...(segments && { madeBy: madeByOf(contact) }),
    segments,
    ...(suppressions && {
      emailStatus: emailStatusOf(contact, suppressions.email),
      emailStatusSince: suppressions.email?.since,
      emailSuppression: suppressions.email,
      ...('sms' in suppressions && smsMembers(contact, suppressions.sms)),
    }),
  });

/** Without `sms`, phones were not looked at. */
interface Suppressions {
  readonly email: Suppression | undefined;
  readonly sms?: Suppression | undefined;
}

const smsMembers = ({ sms }: Contact, suppression: Suppression | undefined) => ({
  smsStatus: sms === undefined ? undefined : (suppression?.reason ?? 'subscribed'),
  smsSuppression: suppression,
});

const emailStatusOf = ({ email, confirmed }: Contact, suppression: Suppression | undefined) =>
  email === undefined ? undefined : (suppression?.reason ?? (confirmed ? 'confirmed' : 'unconfirmed'));

const membersOf = (contact: Contact) => ({
  ...contact,
  addressBookId,
  channels: channelsOf(contact),
  address: contact.address && { region: '', town: '', address: '', postcode: '', ...contact.address },
  fields: contact.fields?.length ? contact.fields : undefined,
  ordersInfo: contact.ordersInfo && { lastDate: '', count: 0, ...contact.ordersInfo },
});

const channelsOf = ({ email, sms, tokens = [] }: Contact) => [
  ...(email ? [{ type: 'email', value: email }] : []),
  ...(sms ? [{ type: 'sms', value: sms }] : []),
  ...tokens,
];
