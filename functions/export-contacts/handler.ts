import { contactReader } from '#aws/contacts/contact-reader.ts';
import { contacts } from '#aws/contacts/contact-store.ts';
import { fields } from '#aws/fields/field-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segmentMembers } from '#aws/segments/segment-members.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { contactsCsv } from '#contract/contacts/contacts-csv.ts';
import { placeOf } from '#contract/contacts/find-contacts.ts';
import { exportContacts as operation } from '#contract/contacts/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { findContacts } from '#usecases/contacts/find-contacts.ts';

const finding = { contactReader, contacts, segmentMembers, segments, suppressions };
const live = { apiKeys, ...finding, defaultCountry: settings.defaultCountry(), ...ambient };

/** `GET /admin/v1/contacts.csv`: those that its parameters choose, part by part. */
export const handler = endpoint(operation, live, async ({ query: { filter, isAscending }, page, nextPage }) => {
  const [definitions, { found, last }] = await Promise.all([
    fields.list(),
    findContacts(live, filter, { isAscending, ...placeOf(page) }),
  ]);
  const next = last === undefined ? undefined : nextPage(String(last));
  return { fileName: 'contacts.csv', text: contactsCsv(found, definitions), next };
});
