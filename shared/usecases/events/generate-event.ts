import type { Ambient } from '#domain/ambient.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { RollcallError } from '#domain/error.ts';
import type { EventIdentifiers } from '#domain/events/event-subject.ts';
import { type EventType, suitsType } from '#domain/events/event-type.ts';
import type { EventBus, EventTypeMemory } from '#domain/events/ports.ts';
import type { FieldMemory } from '#domain/fields/ports.ts';
import { type ContactLine, unsuitableFields, voidLine } from '#domain/files/contact-line.ts';
import { findSubjects } from './find-subjects.ts';

export interface CheckEventPorts {
  readonly fieldMemory: Pick<FieldMemory, 'knowing'>;
}

export interface GenerateEventPorts extends CheckEventPorts, Pick<Ambient, 'now' | 'newId'> {
  readonly contacts: Pick<ContactStore, 'readClaims' | 'readContacts'>;
  readonly eventBus: EventBus;
  readonly eventTypeMemory: EventTypeMemory;
}

/** An event that a caller raises. */
export interface RaisedEvent {
  readonly eventTypeKey: string;
  readonly keyValue: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly identifiers: EventIdentifiers;
  /** The contact of its `contactJson`, to be checked. */
  readonly line?: ContactLine;
}

/**
 * Puts an event of a caller on the bus, about the contact that it names, if there is one. No contact is written, and
 * every request is an event of its own: the workflow decides whether a repeat starts it again (contract 4.16).
 * @throws RollcallError EVENT_PARAMS if its type asks for other parameters, INVALID_REQUEST for a bad `contactJson`.
 */
export const generateEvent = async (ports: GenerateEventPorts, event: RaisedEvent): Promise<void> => {
  const { eventTypeKey, keyValue, params, identifiers } = event;
  const [type, [subject]] = await Promise.all([
    ports.eventTypeMemory.find(eventTypeKey),
    findSubjects(ports.contacts, [identifiers]),
    checkLines(ports, [event]),
  ]);
  if (type && !suitsType(params, type)) throw paramsWanted(type);
  await ports.eventBus.publish([
    {
      eventId: ports.newId(),
      eventTypeKey,
      keyValue,
      ...(subject && { contactId: subject.id }),
      params,
      occurredAt: ports.now(),
      origin: 'caller',
    },
  ]);
};

const paramsWanted = ({ params }: EventType): RollcallError => {
  const wanted = JSON.stringify(params.map(({ name, required }) => ({ name, required })));
  return new RollcallError('EVENT_PARAMS', `The event should have the following params: ${wanted}`);
};

/**
 * Refuses events whose `contactJson` has values that no custom field can hold (contract 7).
 * @throws RollcallError INVALID_REQUEST that names each of them.
 */
export const checkLines = async (
  { fieldMemory }: CheckEventPorts,
  events: readonly Pick<RaisedEvent, 'line'>[],
): Promise<void> => {
  const lines = events.flatMap(({ line }) => line ?? []).filter(({ draft }) => draft.fields);
  if (lines.length === 0) return;
  const ids = lines.flatMap(({ draft }) => draft.fields?.map(({ id }) => id) ?? []);
  const definitions = await fieldMemory.knowing(ids);
  const problems = lines.flatMap((line) => unsuitableFields(line, definitions));
  if (problems.length > 0) throw voidLine(problems);
};
