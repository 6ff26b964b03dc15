import { contacts } from '#aws/contacts/contact-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { messages } from '#aws/messages/message-store.ts';
import { templates } from '#aws/messages/template-store.ts';
import { activityBody, contactMessagesBody } from '#contract/messages/activity.ts';
import { getContactMessages, listContactActivity } from '#contract/messages/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { sharedEndpoint } from '#http/shared-endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { listActivity, listMessagesTo } from '#usecases/messages/list-activity.ts';

const live = { apiKeys, contacts, messages, templates, defaultCountry: settings.defaultCountry(), ...ambient };

const activity = endpoint(listContactActivity, live, async ({ query }) =>
  activityBody(await listActivity(live, query)),
);

/** What became of messages, to all contacts or to one (contract 4.21). */
export const handler = sharedEndpoint<'contactActivity'>({
  'GET /api/v1/contactActivity': activity,
  'GET /api/v2/contacts/activity': activity,
  'GET /api/v2/contacts/messages': endpoint(getContactMessages, live, async ({ query }) =>
    contactMessagesBody(await listMessagesTo(live, query)),
  ),
});
