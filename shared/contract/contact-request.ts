import * as z from 'zod';

/** The bounds of one submitted contact, so that it fits its item in the table and its row of an import. */
export const contactLimits = {
  textLength: 255,
  externalCustomerIdLength: 100,
  channelValueLength: 1000,
  tokens: 100,
  fields: 500,
  fieldValueLength: 5000,
  /** As UTF-8 JSON. */
  bytes: 100_000,
} as const;

/** The channel types of contract 2.2. */
export const channelTypes = ['email', 'sms', 'viber', 'telegram', 'mobilepush', 'webpush'] as const;

const text = z.string().max(contactLimits.textLength);
const details = z.record(z.string(), z.unknown());

/** One way to reach a contact (contract 2.2); e-mail and phone are single, tokens are many. */
export const channelRequest = z
  .object({
    type: z.enum(channelTypes),
    value: z
      .string()
      .max(contactLimits.channelValueLength)
      .meta({ description: 'An e-mail address, a phone number or a token; blank means that there is no such channel' }),
    device: details.optional().meta({ description: 'What a mobile app says about its device' }),
    webPushSubscription: details.optional().meta({ description: 'What a browser says about its subscription' }),
  })
  .meta({ id: 'Channel', examples: [{ type: 'email', value: 'mail@example.com' }] });

/** Contract 2.4. */
export const addressRequest = z
  .object({
    region: text.optional(),
    town: text.optional(),
    address: text.optional(),
    postcode: text.optional(),
    countryCode: text.optional(),
  })
  .meta({
    id: 'Address',
    examples: [{ town: 'London', region: 'West', address: 'First str. 1', postcode: '12345' }],
  });

/** The value of one custom field (contract 2.6). */
export const fieldValueRequest = z
  .object({
    id: z.int().positive().meta({ description: 'The id of a custom field, from `GET /api/v1/addressbooks`' }),
    value: z.string().max(contactLimits.fieldValueLength),
  })
  .meta({ id: 'FieldValue', examples: [{ id: 12345, value: '...' }] });

/** The members of contract 2.1 that are single values. */
export const contactMembersRequest = z.object({
  id: z.int().positive().optional().meta({ description: 'Read only where `dedupeOn` is `id`' }),
  firstName: z
    .string()
    .optional()
    .meta({ description: 'At most 40 characters; a bad name is left out', example: 'John' }),
  lastName: z
    .string()
    .optional()
    .meta({ description: 'At most 40 characters; a bad name is left out', example: 'Smith' }),
  externalCustomerId: z
    .string()
    .max(contactLimits.externalCustomerIdLength)
    .optional()
    .meta({ description: 'Your own id of the contact; unique in the account' }),
  contactKey: text.optional(),
  languageCode: text.optional().meta({ description: 'RFC 5646', example: 'en-US' }),
  timeZone: text.optional().meta({ description: 'A name of the time zone database', example: 'Europe/Kyiv' }),
  address: addressRequest.optional(),
  ordersInfo: z
    .object({ lastDate: z.string().max(40).optional(), count: z.int().min(0).optional() })
    .optional()
    .meta({ description: 'The date of the last order and how many there were' }),
});

/** A contact as callers send it (contract 2.1). Absent members stay, white space clears a text (contract 3.5). */
export const contactRequest = contactMembersRequest
  .extend({
    channels: z.array(channelRequest).optional(),
    fields: z.array(fieldValueRequest).max(contactLimits.fields).optional(),
  })
  .meta({ id: 'ContactInput' });
