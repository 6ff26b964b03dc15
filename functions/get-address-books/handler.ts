import { fields } from '#aws/fields/field-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { addressBooksBody } from '#contract/account/address-books.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, fields, ...ambient };

/** `GET /api/v1/addressbooks` (contract 4.13). */
export const handler = endpoint('getAddressBooks', live, async () => json(addressBooksBody(await live.fields.list())));
