import { contactBodyBytes } from '../body-bytes.ts';
import type { OperationDefinition } from '../operation.ts';
import { contactId } from '../path-parameters.ts';
import { warningHeaders } from '../warning-header.ts';
import { contactEmailsQuery, contactEmailsResponse, parseContactIds } from './contact-emails.ts';
import { adminContactResponse, contactResponse } from './contact-response.ts';
import { deletedResponse, deleteExternalQuery, deleteQuery } from './delete-contact.ts';
import { editContactRequest, editedResponse, parseContactEdit } from './edit-contact.ts';
import { contactsQuery, parseContactsQuery } from './find-contacts.ts';
import { contactRowsResponse, listHeaders, parseSearch, searchQuery } from './search-contacts.ts';
import {
  contactIdResponse,
  parseContactUpdate,
  parseSingleContact,
  singleContactRequest,
  updatedResponse,
} from './single-contact.ts';

/** Add or update a contact (contract 4.4). */
export const addContact = {
  name: 'addContact',
  access: 'writeContacts',
  tag: 'Contacts',
  summary: 'Add or update a contact',
  description:
    'Adds or updates one contact at once, confirmed and without events for workflows. A deleted one is restored. `POST /api/v1/contacts` takes the same body.',
  body: { schema: singleContactRequest, read: parseSingleContact },
  maxBodyBytes: contactBodyBytes,
  answer: contactIdResponse,
  headers: warningHeaders,
} as const satisfies OperationDefinition;

/** Update a contact (contract 4.5). */
export const updateContact = {
  name: 'updateContact',
  access: 'writeContacts',
  tag: 'Contacts',
  summary: 'Update a contact',
  description:
    'Updates the contact of an id and never adds one. What is absent stays as it is, and segments are only joined.',
  path: { id: contactId },
  body: { schema: singleContactRequest, read: parseContactUpdate },
  maxBodyBytes: contactBodyBytes,
  answer: updatedResponse,
  headers: warningHeaders,
} as const satisfies OperationDefinition;

/** Get a contact (contract 4.6). */
export const getContact = {
  name: 'getContact',
  access: 'readContacts',
  tag: 'Contacts',
  summary: 'Get a contact',
  description: 'A contact with the static segments that it is in.',
  path: { id: contactId },
  answer: contactResponse,
} as const satisfies OperationDefinition;

/** Delete a contact (contract 4.7). */
export const deleteContact = {
  name: 'deleteContact',
  access: 'writeContacts',
  tag: 'Contacts',
  summary: 'Delete a contact',
  description:
    'Hides a contact until it is restored, or with `erase` removes it for good: its profile at once, its events and its rows in imports a moment later.',
  path: { id: contactId },
  query: deleteQuery,
  answer: deletedResponse,
} as const satisfies OperationDefinition;

/** Delete a contact by your own id (contract 4.7). */
export const deleteExternalContact = {
  name: 'deleteExternalContact',
  access: 'writeContacts',
  tag: 'Contacts',
  summary: 'Delete a contact by your own id',
  description: 'The same for the contact that has an `externalCustomerId`.',
  query: deleteExternalQuery,
  answer: deletedResponse,
  findsByQuery: true,
} as const satisfies OperationDefinition;

/** Search contacts (contract 4.8). */
export const searchContacts = {
  name: 'searchContacts',
  access: 'readContacts',
  tag: 'Contacts',
  summary: 'Search contacts',
  description:
    'Contacts that match every parameter: e-mail, phone and `externalCustomerId` exactly, the last updated first; names by how they begin, regardless of case. Without parameters, all contacts by id. Segments are not shown, nor are deleted contacts.',
  query: { schema: searchQuery, read: parseSearch },
  answer: contactRowsResponse,
  headers: listHeaders,
} as const satisfies OperationDefinition;

/** Get the e-mail addresses of contacts (contract 4.10). */
export const getContactEmails = {
  name: 'getContactEmails',
  access: 'readContacts',
  tag: 'Contacts',
  summary: 'Get the e-mail addresses of contacts',
  description: 'Contacts that are unknown or have no address are left out. `ids` may be repeated.',
  query: { schema: contactEmailsQuery, read: parseContactIds },
  answer: contactEmailsResponse,
} as const satisfies OperationDefinition;

/** List contacts. */
export const listContacts = {
  name: 'listContacts',
  access: 'adminRead',
  tag: 'People',
  summary: 'List contacts',
  description:
    'Contacts that are not erased and that every parameter chooses, the newest id first. A page may be short of its limit and have a cursor.',
  query: { schema: contactsQuery, read: parseContactsQuery },
  list: { name: 'contacts' },
  answer: adminContactResponse,
} as const satisfies OperationDefinition;

/** Describe a contact. */
export const describeContact = {
  name: 'describeContact',
  access: 'adminRead',
  tag: 'People',
  summary: 'Describe a contact',
  description: 'A contact, a deleted one too, with its source, its state, its segments and the state of its address.',
  path: { id: contactId },
  answer: adminContactResponse,
} as const satisfies OperationDefinition;

/** Export contacts. */
export const exportContacts = {
  name: 'exportContacts',
  access: 'adminRead',
  tag: 'People',
  summary: 'Export contacts',
  description:
    'The contacts that the same parameters choose as a CSV file that can be imported again. What does not fit one answer is behind the header `Link` with `rel="next"`.',
  query: { schema: contactsQuery, read: parseContactsQuery },
  list: { name: 'contacts', byDefault: 1_000, most: 1_000 },
  answer: 'csv',
} as const satisfies OperationDefinition;

/** Edit a contact. */
export const editContact = {
  name: 'editContact',
  access: 'adminChange',
  tag: 'People',
  summary: 'Edit a contact',
  description:
    'Changes what is given and empties what is in `clear`, if the contact is still in the version that was read. No workflow is launched, as a person did it.',
  path: { id: contactId },
  body: { schema: editContactRequest, read: parseContactEdit },
  maxBodyBytes: contactBodyBytes,
  answer: editedResponse,
  conflict: 'The contact is in another version than the one that was read.',
} as const satisfies OperationDefinition;

/** Restore a deleted contact. */
export const restoreContact = {
  name: 'restoreContact',
  access: 'adminChange',
  tag: 'People',
  summary: 'Restore a deleted contact',
  description: 'Takes the deletion of a contact back, with its segments. One that is not deleted stays as it is.',
  path: { id: contactId },
  answer: contactIdResponse,
} as const satisfies OperationDefinition;
