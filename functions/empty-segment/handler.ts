import { queueTo } from '#aws/clients/queue.ts';
import { contacts } from '#aws/contacts/contact-store.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { segmentMembers } from '#aws/segments/segment-members.ts';
import { segments } from '#aws/segments/segment-store.ts';
import * as queues from '#contract/queues.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import * as settings from '#shared/settings.ts';
import { removeLeftovers } from '#usecases/segments/remove-leftovers.ts';

const leftoverQueue = queueTo(queues.segmentLeftovers);
const stores = { contacts, eventBus, leftoverQueue, segmentMembers, segments };
const live = { ...stores, publishesSegmentChanges: settings.segmentEvents(), ...ambient };

/** Removes the memberships of segments that were emptied or deleted. */
export const handler = onEachMessage(queues.segmentLeftovers, (leftovers) => removeLeftovers(live, leftovers));
