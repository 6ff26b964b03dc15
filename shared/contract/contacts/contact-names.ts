import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import { binderOf, isObject } from '../imports/bind.ts';
import { describeIssues } from '../issue.ts';
import { contactLimits } from './contact-request.ts';

/** Contacts that one request may name (contract 1.6). */
const maxNames = 500;

/** The body of `POST /api/v1/group/{id}/contacts/attach` and `/detach` (contract 4.12). */
export const contactNamesRequest = z
  .object({
    contactIds: z.optional(z.array(z.int()).check(z.maxLength(maxNames), z.describe('Ids of contacts'))),
    externalCustomerIds: z.optional(
      z
        .array(z.string().check(z.trim(), z.minLength(1), z.maxLength(contactLimits.externalCustomerIdLength)))
        .check(z.maxLength(maxNames), z.describe('Your own ids, instead of contactIds; also as externalCustomerId')),
    ),
  })
  .check(z.meta({ id: 'ContactNames', examples: [{ contactIds: [95064060, 95064156] }] }));

/** What contacts that joined a segment are answered with. */
export const attachedResponse = z.string().check(z.meta({ examples: ['Contacts were attached'] }));

/** What contacts that left a segment are answered with. */
export const detachedResponse = z.string().check(z.meta({ examples: ['Contacts were detached'] }));

/** The sentences of contract 4.12. */
export const attachedSentence = 'Contacts were attached';
export const detachedSentence = 'Contacts were detached';

/** Contacts by one kind of name. */
type ContactNames = { readonly contactIds: readonly number[] } | { readonly externalCustomerIds: readonly string[] };

const bindNames = binderOf(contactNamesRequest);

/**
 * Reads which contacts a request names, leniently (contract 1.3 and 4.12).
 * @throws RollcallError INVALID_REQUEST for both kinds of names, for more than 500, and for none.
 */
export const parseContactNames = (body: unknown): ContactNames => {
  if (!isObject(body)) throw new RollcallError('INVALID_REQUEST', 'The body must be an object');
  const externalCustomerIds = body.externalCustomerIds ?? body.externalCustomerId;
  const parsed = contactNamesRequest.safeParse(bindNames({ ...body, externalCustomerIds }));
  if (!parsed.success) throw new RollcallError('INVALID_REQUEST', describeIssues(parsed.error.issues));
  const { contactIds = [], externalCustomerIds: externalIds = [] } = parsed.data;
  if (contactIds.length > 0 && externalIds.length > 0) {
    throw new RollcallError('INVALID_REQUEST', 'contactIds and externalCustomerIds must not be given together');
  }
  if (contactIds.length > 0) return { contactIds };
  if (externalIds.length > 0) return { externalCustomerIds: externalIds };
  throw new RollcallError('INVALID_REQUEST', 'contactIds or externalCustomerIds must have at least 1 items');
};

/**
 * Reads which contacts are to leave a segment: those that are named, or `all` if there is no body or `{}`. A list that
 * came out empty is refused, so that no mistake empties a segment.
 * @throws RollcallError INVALID_REQUEST as `parseContactNames` does.
 */
export const parseDetached = (body: unknown): ContactNames | 'all' => {
  const isBare = body === undefined || (isObject(body) && Object.keys(body).length === 0);
  return isBare ? 'all' : parseContactNames(body);
};
