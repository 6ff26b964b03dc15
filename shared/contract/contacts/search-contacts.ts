import * as z from 'zod/mini';
import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactSearch, RowsWindow } from '#domain/contacts/contact-search.ts';
import type { Identity } from '#domain/contacts/identity.ts';
import { RollcallError } from '#domain/error.ts';
import { normaliseEmail } from '#identity/email.ts';
import { bareExternalId } from '#identity/external-id.ts';
import { normalisePhone } from '#identity/phone.ts';
import { parse } from '../parse.ts';
import { contactLimits } from './contact-request.ts';
import { contactBody, contactResponse } from './contact-response.ts';

/** Rows of one page if nothing is asked, and at most (contract 1.7). */
export const maxRows = 500;

/** The parameters that choose a part of a list by contract 1.7; a number that makes no sense counts as absent. */
export const contactRowsQuery = z.object({
  startindex: z._default(z.catch(z.int(), 1).check(z.describe('The place of the first row, from 1')), 1),
  maxrows: z._default(z.catch(z.int(), maxRows).check(z.describe(`Rows of one answer, at most ${maxRows}`)), maxRows),
  orderByTs: z.optional(z.boolean().check(z.describe('By the time of the last update; otherwise by id'))),
  asc: z.optional(z.boolean().check(z.describe('Oldest or lowest first'))),
});

/** The part of a list that these parameters choose. */
export const windowOf = ({
  startindex,
  maxrows,
}: {
  readonly startindex: number;
  readonly maxrows: number;
}): RowsWindow => ({
  skip: Math.max(startindex, 1) - 1,
  take: maxrows < 1 ? maxRows : Math.min(maxrows, maxRows),
});

/** The parameters of `GET /api/v1/contacts` (contract 4.8). */
export const searchQuery = z.extend(contactRowsQuery, {
  email: z.optional(z.string().check(z.meta({ examples: ['mail@example.com'] }))),
  sms: z.optional(z.string().check(z.meta({ examples: ['380942583691'] }))),
  firstname: z.optional(z.string().check(z.describe('What the first name begins with'))),
  lastname: z.optional(z.string().check(z.describe('What the last name begins with'))),
  externalCustomerId: z.optional(z.string().check(z.describe('Not together with email, sms or names'))),
});

/** The headers of a list of contacts (contract 1.7). */
export const listHeaders = z.object({
  TotalCount: z.int().check(z.describe('Contacts that were found, on all pages')),
});

/** A list of contacts, without their segments. */
export const contactRowsResponse = z.array(contactResponse);

/**
 * Reads the query of a search; `undefined` if it can find no contact, as none has an invalid address.
 * @throws RollcallError INVALID_REQUEST for `externalCustomerId` beside other search parameters.
 */
export const parseSearch = (
  query: Readonly<Partial<Record<string, string>>>,
  { defaultCountry }: { readonly defaultCountry: string },
): ContactSearch | undefined => {
  const asked = parse(searchQuery, query);
  const { email, sms, firstname, lastname, externalCustomerId } = asked;
  const others = [email, sms, firstname, lastname].filter((value) => value?.trim());
  if (externalCustomerId?.trim() && others.length > 0) {
    throw new RollcallError('INVALID_REQUEST', 'externalCustomerId must be searched for alone');
  }
  const identities = [
    identity('EXT', externalCustomerId, withinLength),
    // An unencoded plus arrives as a space, and no address has spaces.
    identity('EMAIL', email, (text) => normaliseEmail(text.trim().replaceAll(' ', '+'))),
    identity('SMS', sms, (text) => normalisePhone(text, defaultCountry)),
  ].flat();
  if (identities.includes('nobody')) return undefined;
  const isByTime = asked.orderByTs ?? identities.length > 0;
  return {
    identities: identities.filter((one) => one !== 'nobody'),
    names: {
      ...(firstname?.trim() && { firstName: firstname.trim().toLowerCase() }),
      ...(lastname?.trim() && { lastName: lastname.trim().toLowerCase() }),
    },
    isByTime,
    isAscending: asked.asc ?? !isByTime,
    ...windowOf(asked),
  };
};

/**
 * A list of contacts on the wire.
 * @throws RollcallError INVALID_REQUEST if the rows do not fit one answer of a function (an AWS Lambda limit).
 */
export const contactRowsBody = (contacts: readonly Contact[]): z.output<typeof contactRowsResponse> => {
  const rows = contacts.map((contact) => contactBody(contact));
  if (new TextEncoder().encode(JSON.stringify(rows)).length <= maxAnswerBytes) return rows;
  throw new RollcallError('INVALID_REQUEST', `maxrows must be less than ${rows.length}: these rows are too long`);
};

const maxAnswerBytes = 5_000_000;

const identity = (
  type: Identity['type'],
  text: string | undefined,
  normalise: (text: string) => string | undefined,
): (Identity | 'nobody')[] => {
  if (text === undefined || text.trim() === '') return [];
  const value = normalise(text);
  return [value === undefined ? 'nobody' : { type, value }];
};

const withinLength = (text: string): string | undefined =>
  bareExternalId(text).length <= contactLimits.externalCustomerIdLength ? bareExternalId(text) : undefined;
