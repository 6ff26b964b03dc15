import * as z from 'zod/mini';
import type { Contact } from '#domain/contacts/contact.ts';
import { type ContactFilter, standings, type Typed } from '#domain/contacts/contact-filter.ts';
import type { Identity } from '#domain/contacts/identity.ts';
import type { PageRequest } from '#domain/page.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { normaliseEmail } from '#identity/email.ts';
import { normalisePhone } from '#identity/phone.ts';
import { parse } from '../parse.ts';
import { contactLimits } from './contact-request.ts';
import { adminContactBody, sources } from './contact-response.ts';

const time = (description: string) => z.optional(z.iso.datetime({ offset: true }).check(z.describe(description)));

/** The parameters that choose contacts on our own routes. */
export const contactsQuery = z.object({
  search: z.optional(
    z
      .string()
      .check(
        z.maxLength(320),
        z.describe('An e-mail address, a phone number, an `externalCustomerId`, an id, or how names begin'),
      ),
  ),
  source: z.optional(z.enum(sources).check(z.describe('How they came to be'))),
  segmentId: z.optional(z.int().check(z.positive(), z.describe('Members of this segment'))),
  state: z.optional(
    z
      .enum(standings)
      .check(
        z.describe('`unsubscribed`: whose address gets no bulk mail for any reason; `unconfirmed`: nor confirmed'),
      ),
  ),
  createdFrom: time('Created at this time or later'),
  createdTo: time('Created at this time or before'),
  updatedFrom: time('Updated at this time or later'),
  updatedTo: time('Updated at this time or before'),
  order: z._default(z.enum(['newest', 'id']).check(z.describe('The newest id first, or the lowest')), 'newest'),
});

/**
 * Reads which contacts are wanted, and in which order.
 * @throws RollcallError INVALID_REQUEST.
 */
export const parseContactsQuery = (
  query: unknown,
  { defaultCountry }: { readonly defaultCountry: string },
): { readonly filter: ContactFilter; readonly isAscending: boolean } => {
  const asked = parse(contactsQuery, query);
  const search = asked.search?.trim();
  return {
    isAscending: asked.order === 'id',
    filter: {
      ...(asked.source !== undefined && { source: asked.source }),
      ...(asked.state !== undefined && { standing: asked.state }),
      ...(asked.segmentId !== undefined && { segmentId: asked.segmentId }),
      created: rangeOf(asked.createdFrom, asked.createdTo),
      updated: rangeOf(asked.updatedFrom, asked.updatedTo),
      ...(search && { typed: typedIn(search, defaultCountry) }),
    },
  };
};

const rangeOf = (from: string | undefined, to: string | undefined) => ({
  ...(from !== undefined && { from: new Date(from).toISOString() }),
  ...(to !== undefined && { to: new Date(to).toISOString() }),
});

const mostWords = 4;

/** Everything that a text in one field may mean. */
const typedIn = (text: string, defaultCountry: string): Typed => {
  const email = normaliseEmail(text.replaceAll(' ', '+'));
  const phone = /^[+\d][\d\s().-]*$/.test(text) ? normalisePhone(text, defaultCountry) : undefined;
  const identities: Identity[] = [
    ...(email === undefined ? [] : [{ type: 'EMAIL', value: email } as const]),
    ...(phone === undefined ? [] : [{ type: 'SMS', value: phone } as const]),
    ...(text.length <= contactLimits.externalCustomerIdLength ? [{ type: 'EXT', value: text } as const] : []),
  ];
  const isName = /\p{L}/u.test(text) && !text.includes('@');
  return {
    ...(/^\d{1,15}$/.test(text) && { id: Number(text) }),
    identities,
    words: isName ? text.toLowerCase().split(/\s+/).slice(0, mostWords) : [],
  };
};

/** A page of contacts as our own routes list it; its cursor is an id. */
export const foundContactsBody = ({
  found,
  last,
}: {
  readonly found: readonly { readonly contact: Contact; readonly suppression: Suppression | undefined }[];
  readonly last?: number;
}) => ({
  items: found.map(({ contact, suppression }) => adminContactBody(contact, { suppressions: { email: suppression } })),
  ...(last !== undefined && { cursor: String(last) }),
});

/** Where a page of contacts begins. */
export const placeOf = ({ limit, cursor }: PageRequest): { readonly limit: number; readonly after?: number } => ({
  limit,
  ...(cursor !== undefined && { after: Number(cursor) }),
});
