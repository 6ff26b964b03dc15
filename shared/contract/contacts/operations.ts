import type { OperationDefinition } from '../operation.ts';
import { contactId } from '../path-parameters.ts';
import { contactEmailsQuery, contactEmailsResponse, parseContactIds } from './contact-emails.ts';
import { adminContactResponse, contactResponse, contactsQuery } from './contact-response.ts';
import { deletedResponse, deleteExternalQuery, deleteQuery } from './delete-contact.ts';
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
  answer: contactIdResponse,
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
  answer: updatedResponse,
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
  access: 'admin',
  tag: 'People',
  summary: 'List contacts',
  description: 'Contacts that are not erased, the newest id first. A page may be short of its limit and have a cursor.',
  query: contactsQuery,
  list: { name: 'contacts' },
  answer: adminContactResponse,
} as const satisfies OperationDefinition;

/** Describe a contact. */
export const describeContact = {
  name: 'describeContact',
  access: 'admin',
  tag: 'People',
  summary: 'Describe a contact',
  description: 'A contact, a deleted one too, with its source, its state, its segments and the state of its address.',
  path: { id: contactId },
  answer: adminContactResponse,
} as const satisfies OperationDefinition;
