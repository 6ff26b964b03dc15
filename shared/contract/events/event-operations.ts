import * as z from 'zod/mini';
import type { OperationDescription } from '../operations.ts';
import { eventRequest } from './event-request.ts';
import { eventTypeRequest, eventTypeResponse } from './event-types.ts';
import { pastEventsRange, pastEventsRequest } from './past-events.ts';

/** The operations on events that callers raise, described. */
export const eventOperations = {
  generateEvent: {
    tag: 'Workflows',
    summary: 'Generate an event',
    description:
      'Puts an event on the bus, where workflows listen, about the contact that its parameters name; it adds and changes no contact. Every request is an event of its own. Bodies have at most 20 KB. Version 2 takes any JSON as a value, holds keys to their characters and checks `contactJson`. An event whose type asks for other parameters is answered with 400 in plain text.',
    body: eventRequest,
    answer: 'nothing',
  },
  addPastEvents: {
    tag: 'Workflows',
    summary: 'Tell of past events',
    description:
      'Puts 1 to 500 events that have occurred already into the event log, and nowhere else: they launch nothing. A bad one is a reason to refuse all of them. The same events told again are the same events.',
    body: pastEventsRequest,
    answer: 'nothing',
  },
  deletePastEvents: {
    tag: 'Workflows',
    summary: 'Delete past events',
    description:
      'Deletes from the event log what was told of afterwards and occurred in a range of time, if the setting `deletePastEvents` is on. 429 says that there is more to delete: send it again.',
    body: pastEventsRange,
    answer: 'nothing',
  },
  listEventTypes: {
    tag: 'Events',
    summary: 'List types of events',
    description: 'The types that were defined, by key. Others may have any parameters.',
    answer: z.object({ items: z.array(eventTypeResponse) }),
  },
  defineEventType: {
    tag: 'Events',
    summary: 'Define a type of event',
    description:
      'Defines which parameters events of a type have. With `validate`, an event that lacks a required one, or has one that the type does not, is refused, after a minute everywhere.',
    body: eventTypeRequest,
    answer: eventTypeResponse,
  },
  removeEventType: {
    tag: 'Events',
    summary: 'Remove the definition of a type of event',
    description: 'Its events may have any parameters from then on, after a minute everywhere.',
    answer: 'nothing',
  },
} as const satisfies Readonly<Record<string, OperationDescription>>;
