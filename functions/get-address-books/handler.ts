import { apiKeys } from '#aws/api-key-store.ts';
import { fields } from '#aws/field-store.ts';
import { addressBooksBody } from '#contract/address-books.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, fields, ...ambient };

/** `GET /api/v1/addressbooks` (contract 4.13). */
export const handler = endpoint('getAddressBooks', live, async () => json(addressBooksBody(await live.fields.list())));
