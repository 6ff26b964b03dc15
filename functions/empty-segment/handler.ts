import { contacts } from '#aws/contact-store.ts';
import { eventBus } from '#aws/event-bus.ts';
import { leftoverQueue } from '#aws/leftover-queue.ts';
import { segmentMembers } from '#aws/segment-members.ts';
import { segments } from '#aws/segment-store.ts';
import { parseLeftovers } from '#contract/leftovers-message.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import { settings } from '#shared/settings.ts';
import { removeLeftovers } from '#usecases/remove-leftovers.ts';

const stores = { contacts, eventBus, leftoverQueue, segmentMembers, segments };
const live = { ...stores, tellsSegmentChanges: settings.segmentEvents(), ...ambient };

/** Removes the memberships of segments that were emptied or deleted. */
export const handler = onEachMessage(parseLeftovers, (leftovers) => removeLeftovers(live, leftovers));
