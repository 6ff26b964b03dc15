import * as z from 'zod/mini';
import { contactIdResponse } from '../contacts/single-contact.ts';
import { problemCode } from './problem-code.ts';

/** What was submitted, whatever it should have been. */
const echo = z.optional(z.union([z.string(), z.number()]));

/** A contact that was refused at once (contract 4.2). */
const failedContact = z
  .object({
    index: z.int().check(z.describe('Its place in the request, from 0')),
    id: echo,
    externalCustomerId: echo,
    firstName: echo,
    lastName: echo,
    channels: z.array(z.object({ type: z.string(), value: z.string() })),
    errors: z.array(z.object({ field: z.string(), code: problemCode, message: z.string() })),
  })
  .check(z.meta({ id: 'FailedContact' }));

/** The answer of `POST /api/v1/contacts` (contract 4.2). */
export const addContactsResponse = z
  .object({
    id: z.literal(0),
    asyncSessionId: z.uuid().check(z.describe('Asks `GET /api/v1/importstatus/{sessionId}` how it went')),
    failedContacts: z.array(failedContact).check(z.describe('Contacts that can never be imported as they are')),
  })
  .check(
    z.meta({
      id: 'AddContactsAnswer',
      examples: [{ id: 0, asyncSessionId: 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90', failedContacts: [] }],
    }),
  );

/** What `POST /api/v1/contacts` answers: an import, or the id of a single contact (contract 4.2). */
export const contactsAnswer = z.union([addContactsResponse, contactIdResponse]);

/** How to follow an import that was accepted. */
export const startedImport = (sessionId: string) => ({ id: 0 as const, asyncSessionId: sessionId });
