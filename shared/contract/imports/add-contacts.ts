import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { ImportRow, ImportSettings } from '#domain/imports/import-session.ts';
import { hasSharedId, sharedId, sharedIdsIn } from '#domain/imports/shared-ids.ts';
import type { ReadingRule } from '../contacts/contact-draft.ts';
import { contactRequest } from '../contacts/contact-request.ts';
import {
  isSingleContact,
  parseSingleContact,
  type ReadSingleContact,
  singleContactRequest,
} from '../contacts/single-contact.ts';
import { type FailedContact, failedContactOf } from '../contacts/submitted-contact.ts';
import { isObject } from './bind.ts';
import { bulkRowReader, refusedRow } from './bulk-row.ts';
import { importSettingsRequest, parseImportSettings } from './import-settings.ts';

/** The most contacts of one request (contract 1.6). */
export const maxContacts = 3000;

/** The longest answer that one function gives, in bytes of JSON, with room for what surrounds it (an AWS Lambda limit). */
const maxFailedContactsLength = 4_000_000;

/** The body of `POST /api/v1/contacts` (contract 4.2). */
export const addContactsRequest = z
  .extend(importSettingsRequest, {
    contacts: z.array(contactRequest).check(z.minLength(1), z.maxLength(maxContacts)),
  })
  .check(
    z.meta({
      id: 'AddContacts',
      examples: [
        {
          contacts: [
            {
              channels: [
                { type: 'email', value: 'mail@example.com' },
                { type: 'sms', value: '380942583691' },
              ],
              firstName: 'John',
              lastName: 'Smith',
              address: { town: 'London', region: 'West', address: 'First str. 1', postcode: '12345' },
              fields: [{ id: 12345, value: '...' }],
            },
          ],
          dedupeOn: 'email',
          customFieldsIDs: [12345],
          groupNames: ['Customers'],
          groupNamesExclude: ['Subscribers'],
          restoreDeleted: false,
          eventKeyForNewContacts: 'newContact',
        },
      ],
    }),
  );

/** A bulk request: its settings, one row for every submitted contact, and the contacts that were refused at once. */
export interface AddContacts {
  readonly settings: ImportSettings;
  readonly rows: readonly ImportRow[];
  readonly failedContacts: readonly FailedContact[];
}

/**
 * Reads the body of `POST /api/v1/contacts`. A bad contact is data, a bad request is refused.
 * @throws RollcallError INVALID_REQUEST.
 */
export const parseAddContacts = (body: unknown, rule: Omit<ReadingRule, 'readsId'>): AddContacts => {
  if (!isObject(body)) throw new RollcallError('INVALID_REQUEST', wrongShape);
  const contacts = submittedContacts(body.contacts);
  const settings = parseImportSettings(body);
  const readRow = bulkRowReader(settings, rule);
  const failedContacts: FailedContact[] = [];
  const read = contacts.map((contact, index) => readRow(contact, index + 1));
  const shared = sharedIdsIn(read, settings);
  const rows = read.map((one, index): ImportRow => {
    const contact = contacts[index];
    const row = hasSharedId(one, shared) ? refusedRow(one, contact, [sharedId(one.draft)]) : one;
    if ('errors' in row) failedContacts.push(failedContactOf(contact, index, row.errors));
    return row;
  });
  refuseLongAnswers(failedContacts);
  return { settings, rows, failedContacts };
};

/** What `POST /api/v1/contacts` takes: many contacts, or a single one (contract 4.2). */
export const contactsRequest = z.union([addContactsRequest, singleContactRequest]);

/** A request to the URL of bulk requests: one of them, or a single contact. */
export type SubmittedContacts = { readonly bulk: AddContacts } | { readonly single: ReadSingleContact };

/**
 * Reads the body of `POST /api/v1/contacts`, which may be that of `POST /api/v1/contact`, too (contract 4.2).
 * @throws RollcallError INVALID_REQUEST.
 */
export const readContacts = (body: unknown, rule: Omit<ReadingRule, 'readsId'>): SubmittedContacts =>
  isSingleContact(body) ? { single: parseSingleContact(body, rule) } : { bulk: parseAddContacts(body, rule) };

const wrongShape =
  'The body must be an object with the list "contacts", like {"contacts": [{"channels": [{"type": "email", "value": "mail@example.com"}]}], "dedupeOn": "email"}';

const submittedContacts = (value: unknown): readonly unknown[] => {
  const contacts = Array.isArray(value) ? value : isObject(value) ? [value] : [];
  if (contacts.length >= 1 && contacts.length <= maxContacts) return contacts;
  const message = `contacts must have 1 to ${maxContacts} contacts, and has ${contacts.length}`;
  throw new RollcallError('INVALID_REQUEST', message);
};

const refuseLongAnswers = (failedContacts: readonly FailedContact[]): void => {
  if (failedContacts.length === 0 || JSON.stringify(failedContacts).length <= maxFailedContactsLength) return;
  const message = `${failedContacts.length} contacts are invalid, too many to be listed in one answer; nothing was imported`;
  throw new RollcallError('INVALID_REQUEST', message);
};
