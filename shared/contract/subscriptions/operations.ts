import { addressesBodyBytes } from '../body-bytes.ts';
import type { OperationDefinition } from '../operation.ts';
import { contactId } from '../path-parameters.ts';
import { segmentRequest } from '../segments/segments.ts';
import { warningHeaders } from '../warning-header.ts';
import {
  categoriesResponse,
  categoryKey,
  categoryResponse,
  contactSubscriptions,
  parseContactSubscriptions,
  subscriptionsResponse,
} from './categories.ts';
import { confirmationParameters, confirmationQuery } from './confirmation-query.ts';
import { resendConfirmationResponse } from './confirmation-response.ts';
import { readSubscription, subscriptionRequest, subscriptionResponse } from './subscription.ts';
import { unsubscribeParameters, unsubscribeQuery } from './unsubscribe-query.ts';
import { parseUnsubscribedEmails, unsubscribedEmailsRequest } from './unsubscribed-emails.ts';

const nameTaken = 'Another segment has the name, whatever the case of its letters.';

/** Subscribe a contact (contract 4.1). */
export const subscribeContact = {
  name: 'subscribeContact',
  access: 'subscribe',
  tag: 'Contacts',
  summary: 'Subscribe a contact',
  description:
    'Adds or updates the contact behind a subscription form at once, unconfirmed if its e-mail address is new, and raises one event: `subscribeFromApi` for a new contact, `subscribeUpdateFromApi` for a known one, each with `-formType` if there is one. What comes with a key of the scope `subscribe`, which anyone can read in a page, is a proposal: a known contact keeps every identity, its names, address, fields and segments until the owner of the known address confirms; only members without a value are filled in at once; segments and fields that the key does not name are left out.',
  body: { schema: subscriptionRequest, read: readSubscription },
  answer: subscriptionResponse,
  headers: warningHeaders,
} as const satisfies OperationDefinition;

/** Unsubscribe e-mail addresses (contract 4.14). */
export const unsubscribeEmails = {
  name: 'unsubscribeEmails',
  access: 'writeContacts',
  tag: 'Contacts',
  summary: 'Unsubscribe e-mail addresses',
  description:
    'Addresses get no bulk mail any more, whichever contacts have them or will have them. No import and no update lifts that.',
  body: { schema: unsubscribedEmailsRequest, read: parseUnsubscribedEmails },
  maxBodyBytes: addressesBodyBytes,
  answer: 'nothing',
} as const satisfies OperationDefinition;

/** Subscribe e-mail addresses again (contract 4.14). */
export const resubscribeEmails = {
  name: 'resubscribeEmails',
  access: 'writeContacts',
  tag: 'Contacts',
  summary: 'Subscribe e-mail addresses again',
  description: 'Lifts what unsubscribing did; addresses that are suppressed for another reason stay so.',
  body: { schema: unsubscribedEmailsRequest, read: parseUnsubscribedEmails },
  maxBodyBytes: addressesBodyBytes,
  answer: 'nothing',
} as const satisfies OperationDefinition;

/** List the subscription categories (contract 4.11). */
export const listSubscriptions = {
  name: 'listSubscriptions',
  access: 'always',
  tag: 'Segments',
  summary: 'List the subscription categories',
  description: 'The categories that contacts can be subscribed to.',
  answer: subscriptionsResponse,
} as const satisfies OperationDefinition;

/** Get the subscriptions of a contact (contract 4.11). */
export const getContactSubscriptions = {
  name: 'getContactSubscriptions',
  access: 'readContacts',
  tag: 'Segments',
  summary: 'Get the subscriptions of a contact',
  description: 'The keys of the categories that a contact is subscribed to.',
  path: { id: contactId },
  answer: contactSubscriptions,
} as const satisfies OperationDefinition;

/** Set the subscriptions of a contact (contract 4.11). */
export const setContactSubscriptions = {
  name: 'setContactSubscriptions',
  access: 'writeContacts',
  tag: 'Segments',
  summary: 'Set the subscriptions of a contact',
  description: 'Subscribes a contact to these categories and to no others; an empty list ends all subscriptions.',
  path: { id: contactId },
  body: { schema: contactSubscriptions, read: parseContactSubscriptions },
  answer: 'nothing',
} as const satisfies OperationDefinition;

/** List the subscription categories with their segments. */
export const listCategories = {
  name: 'listCategories',
  access: 'adminRead',
  tag: 'Groups',
  summary: 'List the subscription categories with their segments',
  description: 'Every category by its key, with the segment that mirrors it.',
  answer: categoriesResponse,
} as const satisfies OperationDefinition;

/** Define a subscription category. */
export const defineCategory = {
  name: 'defineCategory',
  access: 'adminChange',
  tag: 'Groups',
  summary: 'Define a subscription category',
  description:
    'Defines a category, mirrored by the static segment of its name, which is made if missing; or gives a category another name, and its segment with it.',
  path: { key: categoryKey },
  body: segmentRequest,
  answer: categoryResponse,
  conflict: nameTaken,
} as const satisfies OperationDefinition;

/** Delete a subscription category. */
export const removeCategory = {
  name: 'removeCategory',
  access: 'adminChange',
  tag: 'Groups',
  summary: 'Delete a subscription category',
  description: 'Removes a category; its segment stays with its contacts, as one like any other.',
  path: { key: categoryKey },
  answer: 'nothing',
} as const satisfies OperationDefinition;

/** Send the confirmation message once more (contract 6). */
export const resendConfirmation = {
  name: 'resendConfirmation',
  access: 'adminChange',
  tag: 'People',
  summary: 'Send the confirmation message once more',
  description:
    'Sends the message that asks for a confirmation of the e-mail address at once, however lately the one before was sent.',
  path: { id: contactId },
  answer: resendConfirmationResponse,
  conflict:
    'There is nothing to ask for: the address is confirmed or blacklisted, there is none, or double opt-in is off.',
} as const satisfies OperationDefinition;

/** Show what a confirmation link would do (contract 6). */
export const showConfirmation = {
  name: 'showConfirmation',
  access: 'public',
  tag: 'Confirmation',
  summary: 'Show what a confirmation link would do',
  description:
    'A page whose one button posts to the same address. It changes nothing, so mail scanners may follow it; HEAD is answered, too.',
  query: { schema: confirmationParameters, read: confirmationQuery },
  answer: 'html',
} as const satisfies OperationDefinition;

/** Confirm an e-mail address (contract 6). */
export const confirmContact = {
  name: 'confirmContact',
  access: 'public',
  tag: 'Confirmation',
  summary: 'Confirm an e-mail address',
  description:
    'What the button does: the address is confirmed, an unsubscription of it lifted, and `SysContactConfirmed` published. A repeat changes nothing. If the stage has a page of its own for confirmed contacts, the answer is a redirect.',
  query: { schema: confirmationParameters, read: confirmationQuery },
  answer: 'html',
} as const satisfies OperationDefinition;

/** Show what an unsubscribe link would do (RFC 8058). */
export const showUnsubscription = {
  name: 'showUnsubscription',
  access: 'public',
  tag: 'Unsubscribing',
  summary: 'Show what an unsubscribe link would do',
  description:
    'A page whose one button posts to the same address, in the language of the contact. It changes nothing, so mail scanners may follow it; HEAD is answered, too.',
  query: { schema: unsubscribeParameters, read: unsubscribeQuery },
  answer: 'html',
} as const satisfies OperationDefinition;

/** Unsubscribe the address that a message was sent to (RFC 8058). */
export const unsubscribeByLink = {
  name: 'unsubscribeByLink',
  access: 'public',
  tag: 'Unsubscribing',
  summary: 'Unsubscribe the address that a message was sent to',
  description:
    'What the button does, and what a mailbox provider posts if its user unsubscribes with one click: the address gets no messages to segments any more. A repeat changes nothing.',
  query: { schema: unsubscribeParameters, read: unsubscribeQuery },
  answer: 'html',
} as const satisfies OperationDefinition;
