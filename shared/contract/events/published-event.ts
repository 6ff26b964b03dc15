import type { ContactEvent } from '#domain/events/event.ts';
import { busEvent, contactEvent } from './events.ts';

const publishedEvent = busEvent(contactEvent);

/** Reads an event of Rollcall off the bus (contract 5). */
export const readPublishedEvent = (body: unknown): ContactEvent => publishedEvent.parse(body).detail as ContactEvent;
