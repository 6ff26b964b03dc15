import { environmentNames } from '#names/environment.ts';
import type { ContactStore } from './constructs/contact-store.ts';
import type { EventBus } from './constructs/event-bus.ts';
import type { Grant } from './grant.ts';
import { passIdentities, passReading } from './pass-reading.ts';
import type { Settings } from './settings.ts';

/** The operations on events that callers raise. */
type EventOperation =
  | 'generateEvent'
  | 'addPastEvents'
  | 'deletePastEvents'
  | 'getEventTypes'
  | 'listEventTypes'
  | 'defineEventType'
  | 'removeEventType';

/** What operations on events may do beside authenticating their caller. */
export const eventRights = ({
  settings,
  store,
  bus,
}: {
  readonly settings: Settings;
  readonly store: ContactStore;
  readonly bus: EventBus;
}): Record<EventOperation, Grant> => ({
  generateEvent: (fn) => {
    // Contacts, fields and types of events, but no right to write any of them.
    store.grant(fn, 'readContact');
    bus.grantPublish(fn);
    passReading(fn, settings);
  },
  addPastEvents: (fn) => {
    store.grant(fn, 'appendEvents');
    passIdentities(fn, settings);
  },
  deletePastEvents: (fn) => {
    fn.addEnvironment(environmentNames.deletePastEvents, String(settings.deletePastEvents));
    if (settings.deletePastEvents) store.grant(fn, 'deletePastEvents');
  },
  getEventTypes: (fn) => store.grant(fn, 'readFields'),
  listEventTypes: (fn) => store.grant(fn, 'readFields'),
  defineEventType: (fn) => store.grant(fn, 'defineEventTypes'),
  removeEventType: (fn) => store.grant(fn, 'removeEventTypes'),
});
