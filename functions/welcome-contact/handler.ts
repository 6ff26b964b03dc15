import type { EventBridgeEvent } from 'aws-lambda';
import type { ContactEvent } from '#domain/events/event.ts';
import { log } from '#shared/log.ts';

/**
 * Example of a workflow's first step: hears of each new contact and only says so. A real one sends a message here, and
 * remembers `detail.eventId`, because the same event may come more than once.
 */
export const handler = async ({ detail }: EventBridgeEvent<string, ContactEvent>): Promise<void> => {
  const { eventId, eventTypeKey, contactId } = detail;
  log.info('contact welcomed', { eventId, eventTypeKey, contactId });
};
