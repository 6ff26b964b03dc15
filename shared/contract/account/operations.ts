import type { OperationDefinition } from '../operation.ts';
import { accountInfoResponse, balanceResponse, versionResponse } from './account.ts';
import { addressBooksResponse } from './address-books.ts';

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
