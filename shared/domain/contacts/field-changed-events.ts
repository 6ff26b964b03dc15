import type { ContactEvent } from '../events/event.ts';
import type { Contact, ContactContent } from './contact.ts';

/** One event for each member that an update changed (contract 3.5 and 5); none for a creation. */
export const fieldChangedEvents = (before: Contact | undefined, after: Contact): ContactEvent[] => {
  if (!before || before.version === after.version) return [];
  const [old, current] = [membersOf(before), membersOf(after)];
  const changed = [...new Set([...old.keys(), ...current.keys()])].filter(
    (field) => old.get(field) !== current.get(field),
  );
  return changed.map((field) => ({
    eventId: `ContactFieldChanged:${after.id}:${after.version}:${field}`,
    eventTypeKey: 'ContactFieldChanged',
    keyValue: String(after.id),
    contactId: after.id,
    params: { contactId: after.id, field, old: old.get(field) ?? '', new: current.get(field) ?? '' },
    occurredAt: after.updatedAt,
  }));
};

const plainMembers = [
  'externalCustomerId',
  'contactKey',
  'firstName',
  'lastName',
  'email',
  'sms',
  'languageCode',
  'timeZone',
] as const;

/** The single-valued members of a contact by their names on the wire; custom fields as `fields.<id>`. */
const membersOf = (content: ContactContent): Map<string, string> =>
  new Map([
    ...plainMembers.flatMap((name): [string, string][] => (content[name] === undefined ? [] : [[name, content[name]]])),
    ...Object.entries(content.address ?? {}).map(([part, value]): [string, string] => [
      `address.${part}`,
      String(value),
    ]),
    ...(content.fields ?? []).map(({ id, value }): [string, string] => [`fields.${id}`, value]),
  ]);
