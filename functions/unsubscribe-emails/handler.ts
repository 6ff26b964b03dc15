import { apiKeys } from '#aws/keys/api-key-store.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { unsubscribeEmails as operation } from '#contract/subscriptions/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { unsubscribeEmails } from '#usecases/subscriptions/unsubscribe-emails.ts';

const live = { apiKeys, suppressions, ...ambient };

/** `POST /api/v1/emails/unsubscribed/add` (contract 4.14). */
export const handler = endpoint(operation, live, async ({ body: emails }) => unsubscribeEmails(live, emails));
