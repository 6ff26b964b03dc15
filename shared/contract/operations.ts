import * as z from 'zod/mini';
import type { Operation } from '#names/routes.ts';
import { accountInfoResponse, balanceResponse, versionResponse } from './account/account.ts';
import { addressBooksResponse } from './account/address-books.ts';
import { contactEmailsQuery, contactEmailsResponse } from './contacts/contact-emails.ts';
import { adminContactResponse, contactResponse } from './contacts/contact-response.ts';
import { deletedResponse, deleteExternalQuery, deleteQuery } from './contacts/delete-contact.ts';
import { contactRowsResponse, listHeaders, searchQuery } from './contacts/search-contacts.ts';
import { contactIdResponse, singleContactRequest, updatedResponse } from './contacts/single-contact.ts';
import { eventOperations } from './events/event-operations.ts';
import { contactEvent } from './events/events.ts';
import { createFieldRequest, fieldResponse } from './fields/custom-field.ts';
import { uploadOperations } from './files/upload-operations.ts';
import { addContactsRequest } from './imports/add-contacts.ts';
import {
  addContactsResponse,
  importResponse,
  importRowResponse,
  importStatusResponse,
  rowsQuery,
} from './imports/import-response.ts';
import { messageOperations } from './messages/message-operations.ts';
import { orderOperations } from './orders/order-operations.ts';
import { contactsQuery, eventsQuery, pageQuery, pageResponse } from './page.ts';
import { segmentOperations } from './segments/segment-operations.ts';
import { confirmationParameters } from './subscriptions/confirmation-page.ts';
import { resendConfirmationResponse } from './subscriptions/confirmation-response.ts';
import { subscriptionRequest, subscriptionResponse } from './subscriptions/subscription.ts';
import { unsubscribedEmailsRequest } from './subscriptions/unsubscribed-emails.ts';
import { workflowOperations } from './workflows/workflow-operations.ts';

/** The groups of operations, with what each is for. */
export const tags = {
  Contacts: 'Adding, updating and reading contacts, compatible with the Yespo REST API v1.',
  Segments: 'Segments and subscription categories, compatible with the Yespo REST API v1.',
  Account: 'What clients ask for while they connect, compatible with the Yespo REST API v1.',
  Imports: 'Following imports row by row: the own routes of Rollcall.',
  People: 'Reading contacts with what the compatible answers cannot say: the own routes of Rollcall.',
  Confirmation: 'Double opt-in: what the link of a confirmation message opens, without a key.',
  Events: 'The log of events and their types: the own routes of Rollcall.',
  Workflows: 'Events and orders that launch workflows, compatible with the Yespo REST API v1 and v2.',
  Groups: 'Making segments and subscription categories: the own routes of Rollcall.',
  Fields: 'Defining custom fields: the own routes of Rollcall.',
  Messages: 'Sending e-mails and SMS, which may add contacts, compatible with the Yespo REST API v1.',
  'Stored messages': 'Keeping messages that are sent by their id: the own routes of Rollcall.',
  'Stored workflows': 'Keeping workflows that events launch, and following their runs: the own routes of Rollcall.',
} as const;

/** What an operation says about itself. */
export interface OperationDescription {
  readonly tag: keyof typeof tags;
  readonly summary: string;
  readonly description: string;
  readonly body?: z.ZodMiniType;
  readonly isBodyOptional?: true;
  readonly query?: z.ZodMiniObject;
  readonly answer: z.ZodMiniType | 'csv' | 'page' | 'nothing';
  readonly headers?: z.ZodMiniObject;
  /** Whether it answers 404 although its path names nothing: its query or its body does. */
  readonly findsByQuery?: true;
  /** Why it answers 409. */
  readonly conflict?: string;
}

const rowsPage = z.extend(rowsQuery, pageQuery().shape);

/** Every operation of the route table, described. */
export const operations: Readonly<Record<Operation, OperationDescription>> = {
  addContacts: {
    tag: 'Contacts',
    summary: 'Add or update contacts in bulk',
    description:
      'Accepts 1 to 3,000 contacts and imports them in the background. Contacts that can never be imported are answered at once in `failedContacts`; what becomes of the others is told by the import status.',
    body: addContactsRequest,
    answer: addContactsResponse,
  },
  subscribeContact: {
    tag: 'Contacts',
    summary: 'Subscribe a contact',
    description:
      'Adds or updates the contact behind a subscription form at once, unconfirmed where its e-mail address is new, and raises one event: `subscribeFromApi` for a new contact, `subscribeUpdateFromApi` for a known one, each with `-formType` where there is one.',
    body: subscriptionRequest,
    answer: subscriptionResponse,
  },
  addContact: {
    tag: 'Contacts',
    summary: 'Add or update a contact',
    description:
      'Adds or updates one contact at once, confirmed and without events for workflows. A deleted one is restored. `POST /api/v1/contacts` takes the same body.',
    body: singleContactRequest,
    answer: contactIdResponse,
  },
  updateContact: {
    tag: 'Contacts',
    summary: 'Update a contact',
    description:
      'Updates the contact of an id and never adds one. What is absent stays as it is, and segments are only joined.',
    body: singleContactRequest,
    answer: updatedResponse,
  },
  getImportStatus: {
    tag: 'Contacts',
    summary: 'Get the status of an import',
    description: 'Once it is FINISHED, `mapping` has the id of each contact. Poll it every few seconds.',
    answer: importStatusResponse,
  },
  getContact: {
    tag: 'Contacts',
    summary: 'Get a contact',
    description: 'A contact with the static segments that it is in.',
    answer: contactResponse,
  },
  deleteContact: {
    tag: 'Contacts',
    summary: 'Delete a contact',
    description:
      'Hides a contact until it is restored, or with `erase` removes it for good: its profile at once, its events and its rows in imports a moment later.',
    query: deleteQuery,
    answer: deletedResponse,
  },
  deleteExternalContact: {
    tag: 'Contacts',
    summary: 'Delete a contact by your own id',
    description: 'The same for the contact that has an `externalCustomerId`.',
    query: deleteExternalQuery,
    answer: deletedResponse,
    findsByQuery: true,
  },
  searchContacts: {
    tag: 'Contacts',
    summary: 'Search contacts',
    description:
      'Contacts that match every parameter: e-mail, phone and `externalCustomerId` exactly, the last updated first; names by how they begin, regardless of case. Without parameters, all contacts by id. Segments are not shown, nor are deleted contacts.',
    query: searchQuery,
    answer: contactRowsResponse,
    headers: listHeaders,
  },
  getContactEmails: {
    tag: 'Contacts',
    summary: 'Get the e-mail addresses of contacts',
    description: 'Contacts that are unknown or have no address are left out. `ids` may be repeated.',
    query: contactEmailsQuery,
    answer: contactEmailsResponse,
  },
  unsubscribeEmails: {
    tag: 'Contacts',
    summary: 'Unsubscribe e-mail addresses',
    description:
      'Addresses get no bulk mail any more, whoever has them or will have them. No import and no update lifts that.',
    body: unsubscribedEmailsRequest,
    answer: 'nothing',
  },
  resubscribeEmails: {
    tag: 'Contacts',
    summary: 'Subscribe e-mail addresses again',
    description: 'Lifts what unsubscribing did; addresses that are suppressed for another reason stay so.',
    body: unsubscribedEmailsRequest,
    answer: 'nothing',
  },
  ...segmentOperations,
  ...uploadOperations,
  getAddressBooks: {
    tag: 'Account',
    summary: 'Get the custom fields',
    description:
      'The custom fields of the account in their lists, with the ids that `fields` and `customFieldsIDs` take.',
    answer: addressBooksResponse,
  },
  getVersion: {
    tag: 'Account',
    summary: 'Get the version',
    description: 'The version of Rollcall and of the protocol.',
    answer: versionResponse,
  },
  getAccountInfo: {
    tag: 'Account',
    summary: 'Get the account',
    description: 'Who the account belongs to.',
    answer: accountInfoResponse,
  },
  getBalance: {
    tag: 'Account',
    summary: 'Get the balance',
    description: 'Always zero: nothing is charged here.',
    answer: balanceResponse,
  },
  listContacts: {
    tag: 'People',
    summary: 'List contacts',
    description:
      'Contacts that are not erased, the newest id first. A page may be short of its limit and have a cursor.',
    query: z.extend(contactsQuery, pageQuery().shape),
    answer: pageResponse(adminContactResponse),
  },
  describeContact: {
    tag: 'People',
    summary: 'Describe a contact',
    description: 'A contact, a deleted one too, with its source, its state, its segments and the state of its address.',
    answer: adminContactResponse,
  },
  listEvents: {
    tag: 'Events',
    summary: 'List events',
    description: 'Events of the last days, the newest first. An event appears within seconds.',
    query: z.extend(eventsQuery, pageQuery().shape),
    answer: pageResponse(contactEvent),
  },
  listImports: {
    tag: 'Imports',
    summary: 'List imports',
    description: 'Imports of the last days, the newest first.',
    query: pageQuery(),
    answer: pageResponse(importResponse),
  },
  describeImport: {
    tag: 'Imports',
    summary: 'Describe an import',
    description: 'How far an import has come, with its counts.',
    answer: importResponse,
  },
  listImportRows: {
    tag: 'Imports',
    summary: 'List the rows of an import',
    description:
      'What became of each row, in row order. While the import runs, rows are missing whose part is not over yet. A page may be short of its limit and still have a cursor.',
    query: rowsPage,
    answer: pageResponse(importRowResponse),
  },
  downloadImportRows: {
    tag: 'Imports',
    summary: 'Download the rows of an import',
    description:
      'The rows as a CSV file that can be corrected and imported again, with the column `error`. Cells that a spreadsheet would take for formulas begin with an apostrophe. If the rows do not fit one answer (about 5.5 MB, or 8 seconds of reading), the last line says so with `MORE_ROWS`, and the header `Link` with `rel="next"` leads to the next part.',
    query: z.extend(rowsQuery, pageQuery({ byDefault: 50_000, most: 50_000 }).shape),
    answer: 'csv',
  },
  resendConfirmation: {
    tag: 'People',
    summary: 'Send the confirmation message once more',
    description:
      'Sends the message that asks for a confirmation of the e-mail address at once, however lately the one before was sent.',
    answer: resendConfirmationResponse,
    conflict:
      'There is nothing to ask for: the address is confirmed or blacklisted, there is none, or double opt-in is off.',
  },
  showConfirmation: {
    tag: 'Confirmation',
    summary: 'Show what a confirmation link would do',
    description:
      'A page whose one button posts to the same address. It changes nothing, so mail scanners may follow it; HEAD is answered, too.',
    query: confirmationParameters,
    answer: 'page',
  },
  confirmContact: {
    tag: 'Confirmation',
    summary: 'Confirm an e-mail address',
    description:
      'What the button does: the address is confirmed, an unsubscription of it lifted, and `SysContactConfirmed` published. A repeat changes nothing. Where the stage has a page of its own for whoever confirmed, the answer is a redirect.',
    query: confirmationParameters,
    answer: 'page',
  },
  listFields: {
    tag: 'Fields',
    summary: 'List custom fields',
    description: 'All custom fields, ascending by id.',
    answer: z.object({ items: z.array(fieldResponse) }),
  },
  createField: {
    tag: 'Fields',
    summary: 'Define a custom field',
    description: 'Defines a custom field, which contacts can have at once. Fields cannot be changed afterwards.',
    body: createFieldRequest,
    answer: fieldResponse,
  },
  ...eventOperations,
  ...messageOperations,
  ...orderOperations,
  ...messageOperations,
  ...workflowOperations,
};
