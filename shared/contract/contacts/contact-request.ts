import * as z from 'zod/mini';
import { maxExternalIdLength } from '#domain/contacts/identity.ts';

/** The bounds of one submitted contact, so that it fits its item in the table and its row of an import. */
export const contactLimits = {
  textLength: 255,
  externalCustomerIdLength: maxExternalIdLength,
  channelValueLength: 1000,
  tokens: 100,
  fields: 500,
  fieldValueLength: 5000,
  /** As UTF-8 JSON. */
  bytes: 100_000,
} as const;

/** The channel types of contract 2.2. */
export const channelTypes = ['email', 'sms', 'viber', 'telegram', 'mobilepush', 'webpush'] as const;

const text = z.string().check(z.maxLength(contactLimits.textLength));
const details = z.record(z.string(), z.unknown());
const name = z
  .string()
  .check(
    z.describe('At most 40 characters; a longer one is cut at a word, and markup, links and templates are taken out'),
  );

/** One way to reach a contact (contract 2.2); e-mail and phone are single, tokens are many. */
export const channelRequest = z
  .object({
    type: z.enum(channelTypes),
    value: z
      .string()
      .check(
        z.maxLength(contactLimits.channelValueLength),
        z.describe('An e-mail address, a phone number or a token; blank means that there is no such channel'),
      ),
    device: z.optional(details.check(z.describe('What a mobile app says about its device'))),
    webPushSubscription: z.optional(details.check(z.describe('What a browser says about its subscription'))),
  })
  .check(z.meta({ id: 'Channel', examples: [{ type: 'email', value: 'mail@example.com' }] }));

/** Contract 2.4. */
export const addressRequest = z
  .object({
    region: z.optional(text),
    town: z.optional(text),
    address: z.optional(text),
    postcode: z.optional(text),
    countryCode: z.optional(text),
  })
  .check(
    z.meta({
      id: 'Address',
      examples: [{ town: 'London', region: 'West', address: 'First str. 1', postcode: '12345' }],
    }),
  );

/** The value of one custom field (contract 2.6). */
export const fieldValueRequest = z
  .object({
    id: z.int().check(z.positive(), z.describe('The id of a custom field, from `GET /api/v1/addressbooks`')),
    value: z.string().check(z.maxLength(contactLimits.fieldValueLength)),
  })
  .check(z.meta({ id: 'FieldValue', examples: [{ id: 12345, value: '...' }] }));

/** The members of contract 2.1 that are single values. */
export const contactMembersRequest = z.object({
  id: z.optional(z.int().check(z.positive(), z.describe('Read only if `dedupeOn` is `id`'))),
  firstName: z.optional(name.check(z.meta({ examples: ['John'] }))),
  lastName: z.optional(name.check(z.meta({ examples: ['Smith'] }))),
  externalCustomerId: z.optional(
    z
      .string()
      .check(
        z.maxLength(contactLimits.externalCustomerIdLength),
        z.describe('Your own id of the contact; unique in the account'),
      ),
  ),
  contactKey: z.optional(text),
  languageCode: z.optional(text.check(z.meta({ description: 'RFC 5646', examples: ['en-US'] }))),
  timeZone: z.optional(
    text.check(z.meta({ description: 'A name of the time zone database', examples: ['Europe/Kyiv'] })),
  ),
  address: z.optional(addressRequest),
  ordersInfo: z.optional(
    z
      .object({
        lastDate: z.optional(z.string().check(z.maxLength(40))),
        count: z.optional(z.int().check(z.nonnegative())),
      })
      .check(z.describe('The date of the last order and how many there were')),
  ),
  origin: z.optional(
    z.object({ createdAt: z.optional(z.string()), subscribedAt: z.optional(z.string()) }).check(
      z.meta({
        description: 'Since when the program that the contact comes from knew the person; the earlier time is kept',
        examples: [{ createdAt: '2019-03-14T10:05:00Z', subscribedAt: '2019-03-15' }],
      }),
    ),
  ),
});

/** Every member of a contact that callers send, to be extended; what is named for the document cannot be. */
export const contactMembers = z.extend(contactMembersRequest, {
  channels: z.optional(z.array(channelRequest)),
  fields: z.optional(z.array(fieldValueRequest).check(z.maxLength(contactLimits.fields))),
});

/** A contact as callers send it (contract 2.1). Absent members stay, white space clears a text (contract 3.5). */
export const contactRequest = contactMembers.check(z.meta({ id: 'ContactInput' }));
