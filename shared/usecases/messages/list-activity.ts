import type { ContactStore } from '#domain/contacts/ports.ts';
import { RollcallError } from '#domain/error.ts';
import type { EventIdentifiers } from '#domain/events/event-subject.ts';
import type { Activity, ActivityPage, ActivityRange } from '#domain/messages/activity.ts';
import type { Message } from '#domain/messages/message.ts';
import type { TemplateStore } from '#domain/messages/message-template.ts';
import type { MessageStore } from '#domain/messages/ports.ts';
import { findSubjects } from '../events/find-subjects.ts';

export interface ListActivityPorts {
  readonly contacts: Pick<ContactStore, 'readClaims' | 'readContacts'>;
  readonly messages: Pick<MessageStore, 'listHeard' | 'listOf'>;
  readonly templates: Pick<TemplateStore, 'heads'>;
}

/** Messages of which something was heard in a range, as it stands now, by the time of that (contract 4.21). */
export const listActivity = async (ports: ListActivityPorts, page: ActivityPage): Promise<Activity[]> =>
  activitiesOf(ports, await ports.messages.listHeard(page));

/** Which messages to one contact are asked for. */
export interface ContactMessagesSearch extends ActivityRange {
  readonly named: EventIdentifiers;
  readonly skip: number;
  readonly take: number;
}

/**
 * The messages that were sent to a contact, the newest first (contract 4.21).
 * @throws RollcallError NOT_FOUND if the contact is unknown.
 */
export const listMessagesTo = async (
  ports: ListActivityPorts,
  { named, from, until, skip, take }: ContactMessagesSearch,
): Promise<Activity[]> => {
  const [contact] = await findSubjects(ports.contacts, [named]);
  if (!contact) throw new RollcallError('NOT_FOUND', 'Contact not found by what the request says of it');
  const sent = (await ports.messages.listOf(contact.id)).filter(
    ({ status, statusAt }) => status !== 'QUEUED' && statusAt >= from && statusAt <= until,
  );
  return activitiesOf(ports, sent.slice(skip, skip + take));
};

/** With the contacts and the names of stored messages; a message to a contact that was erased is left out. */
const activitiesOf = async (
  { contacts, templates }: ListActivityPorts,
  messages: readonly Message[],
): Promise<Activity[]> => {
  const contactIds = [...new Set(messages.map(({ contactId }) => contactId))];
  const templateIds = [...new Set(messages.flatMap(({ templateId }) => templateId ?? []))];
  const [read, heads] = await Promise.all([
    contactIds.length > 0 ? contacts.readContacts(contactIds, []) : { contacts: [] },
    templateIds.length > 0 ? templates.heads(templateIds) : [],
  ]);
  const byId = new Map(read.contacts.filter(({ state }) => state !== 'erased').map((one) => [one.id, one]));
  const names = new Map(heads.map(({ id, name }) => [id, name]));
  return messages.flatMap((message) => {
    const contact = byId.get(message.contactId);
    const name = message.templateId === undefined ? undefined : names.get(message.templateId);
    return contact ? [{ message, contact, ...(name !== undefined && { name }) }] : [];
  });
};
