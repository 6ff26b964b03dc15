import { contactDirectory } from '#aws/contacts/contact-directory.ts';
import { contacts } from '#aws/contacts/contact-store.ts';
import { listingPlaces } from '#aws/contacts/listing-places.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segmentMembers } from '#aws/segments/segment-members.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { contactRowsBody } from '#contract/contacts/search-contacts.ts';
import { parseGroupContactsQuery } from '#contract/segments/groups.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listGroupContacts } from '#usecases/segments/list-group-contacts.ts';

const live = { apiKeys, contactDirectory, contacts, listingPlaces, segmentMembers, segments, ...ambient };

/** `GET /api/v1/group/{id}/contacts` (contract 4.12). */
export const handler = endpoint('listGroupContacts', live, async (request) => {
  const rows = { ...parseGroupContactsQuery(request.query), segmentId: request.groupId(), caller: request.caller };
  const { contacts, total } = await listGroupContacts(live, rows);
  return json(contactRowsBody(contacts), { TotalCount: String(total) });
});
