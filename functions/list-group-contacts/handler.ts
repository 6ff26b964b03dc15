import { contactDirectory } from '#aws/contacts/contact-directory.ts';
import { contacts } from '#aws/contacts/contact-store.ts';
import { listingPlaces } from '#aws/contacts/listing-places.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segmentMembers } from '#aws/segments/segment-members.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { contactRowsBody } from '#contract/contacts/search-contacts.ts';
import { listGroupContacts as operation } from '#contract/segments/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listGroupContacts } from '#usecases/segments/list-group-contacts.ts';

const live = { apiKeys, contactDirectory, contacts, listingPlaces, segmentMembers, segments, ...ambient };

/** `GET /api/v1/group/{id}/contacts` (contract 4.12). */
export const handler = endpoint(operation, live, async ({ path, query, caller }) => {
  const { contacts, total } = await listGroupContacts(live, { ...query, segmentId: path.id, caller });
  return { body: contactRowsBody(contacts), headers: { TotalCount: total } };
});
