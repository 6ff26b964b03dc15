import { contacts } from '#aws/contacts/contact-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { signer } from '#aws/subscriptions/signer.ts';
import { getContactToken as operation } from '#contract/account/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { getContactToken } from '#usecases/contacts/get-contact-token.ts';

const live = { apiKeys, contacts, signer, defaultCountry: settings.defaultCountry(), ...ambient };

/** `POST /api/v1/auth/contact/token` (contract 4.19). */
export const handler = endpoint(operation, live, async ({ body }) => ({ token: await getContactToken(live, body) }));
