import type { OperationDefinition } from '../operation.ts';
import { accountInfoResponse, balanceResponse, versionResponse } from './account.ts';
import { addressBooksResponse } from './address-books.ts';
import { contactTokenRequest, contactTokenResponse, readContactTokenRequest } from './contact-token.ts';
import { siteDomainRequest, siteDomainResponse, siteScriptResponse, webPushScriptResponse } from './site.ts';

/** Get the version (contract 4.15). */
export const getVersion = {
  name: 'getVersion',
  access: 'version',
  tag: 'Account',
  summary: 'Get the version',
  description: 'The version of Rollcall and of the protocol.',
  answer: versionResponse,
} as const satisfies OperationDefinition;

/** Get the account (contract 4.15). */
export const getAccountInfo = {
  name: 'getAccountInfo',
  access: 'always',
  tag: 'Account',
  summary: 'Get the account',
  description: 'Who the account belongs to.',
  answer: accountInfoResponse,
} as const satisfies OperationDefinition;

/** Get the balance (contract 4.15). */
export const getBalance = {
  name: 'getBalance',
  access: 'always',
  tag: 'Account',
  summary: 'Get the balance',
  description: 'Always zero: nothing is charged here.',
  answer: balanceResponse,
} as const satisfies OperationDefinition;

/** Get the custom fields (contract 4.13). */
export const getAddressBooks = {
  name: 'getAddressBooks',
  access: 'always',
  tag: 'Account',
  summary: 'Get the custom fields',
  description:
    'The custom fields of the account in their lists, with the ids that `fields` and `customFieldsIDs` take.',
  answer: addressBooksResponse,
} as const satisfies OperationDefinition;

/** Tell of the domain of a site (contract 4.19). */
export const addSiteDomain = {
  name: 'addSiteDomain',
  access: 'writeContacts',
  tag: 'Account',
  summary: 'Tell of the domain of a site',
  description: 'What connectors call while they are set up. No site is tracked, so that nothing is kept.',
  body: siteDomainRequest,
  answer: siteDomainResponse,
} as const satisfies OperationDefinition;

/** Get the tracking script of a site (contract 4.19). */
export const getSiteScript = {
  name: 'getSiteScript',
  access: 'always',
  tag: 'Account',
  summary: 'Get the tracking script of a site',
  description: 'A comment that says that no site is tracked.',
  answer: siteScriptResponse,
} as const satisfies OperationDefinition;

/** Get the web push script of a site (contract 4.19). */
export const getWebPushScript = {
  name: 'getWebPushScript',
  access: 'always',
  tag: 'Account',
  summary: 'Get the web push script of a site',
  description: 'Comments that say that there is no web push.',
  answer: webPushScriptResponse,
} as const satisfies OperationDefinition;

/** Get the token of a contact (contract 4.19). */
export const getContactToken = {
  name: 'getContactToken',
  access: 'writeContacts',
  tag: 'Account',
  summary: 'Get the token of a contact',
  description:
    'A token, signed by the stage, that names a contact for an hour; an empty one if the contact is unknown. The contact is found by `externalCustomerId`, then e-mail address, then phone. No operation takes the token: there is no inbox of an app here.',
  body: { schema: contactTokenRequest, read: readContactTokenRequest },
  answer: contactTokenResponse,
} as const satisfies OperationDefinition;
