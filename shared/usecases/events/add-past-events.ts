import type { Ambient } from '#domain/ambient.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { LoggedEvent } from '#domain/events/event.ts';
import { digest } from '#identity/digest.ts';
import { findSubjects } from './find-subjects.ts';
import { type CheckEventPorts, checkLines, type RaisedEvent } from './generate-event.ts';
import { type KeepEventsPorts, keepEvents } from './keep-events.ts';

export interface AddPastEventsPorts extends CheckEventPorts, KeepEventsPorts, Pick<Ambient, 'now'> {
  readonly contacts: Pick<ContactStore, 'readClaims' | 'readContacts'>;
}

/** A past event that a caller records. */
export interface PublishedEvent extends RaisedEvent {
  readonly occurredAt: string;
}

/**
 * Keeps events that have occurred already in the log and nowhere else, so that they launch nothing (contract 4.16).
 * Recording the same events again adds nothing; two alike in one request are two.
 */
export const addPastEvents = async (ports: AddPastEventsPorts, events: readonly PublishedEvent[]): Promise<void> => {
  await checkLines(ports, events);
  const subjects = await findSubjects(
    ports.contacts,
    events.map(({ identifiers }) => identifiers),
  );
  const publishedAt = ports.now();
  const alike = new Map<string, number>();
  const published = events.map(({ eventTypeKey, keyValue, params, occurredAt }, index): LoggedEvent => {
    const content = JSON.stringify([eventTypeKey, keyValue, occurredAt, params]);
    const before = alike.get(content) ?? 0;
    alike.set(content, before + 1);
    const subject = subjects[index];
    return {
      eventId: `history:${digest(`${before} ${content}`)}`,
      eventTypeKey,
      keyValue,
      ...(subject && { contactId: subject.id }),
      params,
      occurredAt,
      origin: 'history',
      publishedAt,
    };
  });
  await keepEvents(ports, published);
};
