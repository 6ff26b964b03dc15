import { bulkBodyBytes } from '../body-bytes.ts';
import type { OperationDefinition } from '../operation.ts';
import { eventRequest, maxEventBytes, readEvent } from './event-request.ts';
import {
  anyTypeKey,
  definedTypeKey,
  eventTypeRequest,
  eventTypeResponse,
  eventTypesResponse,
  parseEventType,
  wireEventTypesResponse,
} from './event-types.ts';
import { contactEvent } from './events.ts';
import { eventsQuery, parseEventsQuery } from './events-query.ts';
import { parsePastEventsRange, pastEventsRange, pastEventsRequest, readPastEvents } from './past-events.ts';

/** Generate an event (contract 4.16). */
export const generateEvent = {
  name: 'generateEvent',
  access: 'events',
  tag: 'Workflows',
  summary: 'Generate an event',
  description:
    'Puts an event on the bus, where workflows listen, about the contact that its parameters name; it adds and changes no contact. Every request is an event of its own. Bodies have at most 20 KB. Version 2 takes any JSON as a value, holds keys to their characters and checks `contactJson`. An event whose type asks for other parameters is answered with 400 in plain text.',
  body: { schema: eventRequest, read: readEvent },
  maxBodyBytes: maxEventBytes,
  answer: 'nothing',
} as const satisfies OperationDefinition;

/** Get the types of events (contract 4.16). */
export const getEventTypes = {
  name: 'getEventTypes',
  access: 'events',
  tag: 'Workflows',
  summary: 'Get the types of events',
  description: 'The types that were defined, by key. Events of others may be generated, too.',
  answer: wireEventTypesResponse,
} as const satisfies OperationDefinition;

/** Tell of past events (contract 4.16). */
export const addPastEvents = {
  name: 'addPastEvents',
  access: 'events',
  tag: 'Workflows',
  summary: 'Tell of past events',
  description:
    'Puts 1 to 500 events that have occurred already into the event log, and nowhere else: they launch nothing. One invalid event refuses all of them. Recording the same events again adds nothing.',
  body: { schema: pastEventsRequest, read: readPastEvents },
  maxBodyBytes: bulkBodyBytes,
  answer: 'nothing',
} as const satisfies OperationDefinition;

/** Delete past events (contract 4.16). */
export const deletePastEvents = {
  name: 'deletePastEvents',
  access: 'events',
  tag: 'Workflows',
  summary: 'Delete past events',
  description:
    'Deletes past events that occurred in a range of time from the event log, if the setting `deletePastEvents` is on. 429 says that there is more to delete: send it again.',
  body: { schema: pastEventsRange, read: parsePastEventsRange },
  answer: 'nothing',
} as const satisfies OperationDefinition;

/** List events. */
export const listEvents = {
  name: 'listEvents',
  access: 'adminRead',
  tag: 'Events',
  summary: 'List events',
  description: 'Events of the last days, the newest first. An event appears within seconds.',
  query: { schema: eventsQuery, read: parseEventsQuery },
  list: { name: 'events' },
  answer: contactEvent,
} as const satisfies OperationDefinition;

/** List types of events. */
export const listEventTypes = {
  name: 'listEventTypes',
  access: 'adminRead',
  tag: 'Events',
  summary: 'List types of events',
  description: 'The types that were defined, by key. Others may have any parameters.',
  answer: eventTypesResponse,
} as const satisfies OperationDefinition;

/** Define a type of event (contract 4.16). */
export const defineEventType = {
  name: 'defineEventType',
  access: 'adminChange',
  tag: 'Events',
  summary: 'Define a type of event',
  description:
    'Defines which parameters events of a type have. With `validate`, an event that lacks a required one, or has one that the type does not, is refused, after a minute everywhere.',
  path: { eventTypeKey: definedTypeKey },
  body: { schema: eventTypeRequest, read: parseEventType },
  answer: eventTypeResponse,
} as const satisfies OperationDefinition;

/** Remove the definition of a type of event. */
export const removeEventType = {
  name: 'removeEventType',
  access: 'adminChange',
  tag: 'Events',
  summary: 'Remove the definition of a type of event',
  description: 'Its events may have any parameters from then on, after a minute everywhere.',
  path: { eventTypeKey: anyTypeKey },
  answer: 'nothing',
} as const satisfies OperationDefinition;
