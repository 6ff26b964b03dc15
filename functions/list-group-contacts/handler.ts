import { apiKeys } from '#aws/api-key-store.ts';
import { contactDirectory } from '#aws/contact-directory.ts';
import { contacts } from '#aws/contact-store.ts';
import { listingPlaces } from '#aws/listing-places.ts';
import { segmentMembers } from '#aws/segment-members.ts';
import { segments } from '#aws/segment-store.ts';
import { parseGroupContactsQuery } from '#contract/groups.ts';
import { contactRowsBody } from '#contract/search-contacts.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listGroupContacts } from '#usecases/list-group-contacts.ts';

const live = { apiKeys, contactDirectory, contacts, listingPlaces, segmentMembers, segments, ...ambient };

/** `GET /api/v1/group/{id}/contacts` (contract 4.12). */
export const handler = endpoint('listGroupContacts', live, async (request) => {
  const rows = { ...parseGroupContactsQuery(request.query), segmentId: request.groupId(), caller: request.caller };
  const { contacts, total } = await listGroupContacts(live, rows);
  return json(contactRowsBody(contacts), { TotalCount: String(total) });
});
