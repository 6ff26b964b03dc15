import { fields } from '#aws/fields/field-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { addressBooksBody } from '#contract/account/address-books.ts';
import { getAddressBooks as operation } from '#contract/account/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, fields, ...ambient };

/** `GET /api/v1/addressbooks` (contract 4.13). */
export const handler = endpoint(operation, live, async () => addressBooksBody(await live.fields.list()));
