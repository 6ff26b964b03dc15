import * as z from 'zod/mini';
import type { ContactRows, RowsWindow } from '#domain/contacts/contact-search.ts';
import { groupResponse } from '../contacts/contact-response.ts';
import { contactRowsQuery, windowOf } from '../contacts/search-contacts.ts';
import { parse } from '../parse.ts';

type Query = Readonly<Partial<Record<string, string>>>;

/** The parameters of `GET /api/v1/groups` (contract 4.12). */
export const groupsQuery = z.object({
  name: z.optional(z.string().check(z.describe('What the name contains, whatever the case'))),
  startindex: contactRowsQuery.shape.startindex,
  maxrows: contactRowsQuery.shape.maxrows,
});

/** The answer of `GET /api/v1/groups`. */
export const groupsResponse = z.array(groupResponse);

/** Which segments are asked for. */
export const parseGroupsQuery = (query: Query): RowsWindow & { readonly name?: string } => {
  const { name, ...rows } = parse(groupsQuery, query);
  return { ...windowOf(rows), ...(name !== undefined && { name }) };
};

/**
 * Which contacts of a segment are asked for, and in which order (contract 1.7).
 * @throws RollcallError INVALID_REQUEST.
 */
export const parseGroupContactsQuery = (query: Query): ContactRows => {
  const { orderByTs: isByTime = false, asc, ...rows } = parse(contactRowsQuery, query);
  return { ...windowOf(rows), isByTime, isAscending: asc ?? !isByTime };
};

/** The headers of a list of a segment's contacts (contract 1.7). */
export const groupContactsHeaders = z.object({
  TotalCount: z.int().check(z.describe('Contacts in the segment, on all pages')),
});
