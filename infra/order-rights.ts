import { environmentNames } from '#names/environment.ts';
import type { ContactStore } from './constructs/contact-store.ts';
import type { Counts } from './constructs/counts.ts';
import type { EventBus } from './constructs/event-bus.ts';
import type { Grant } from './grant.ts';
import { passMatching, passReading } from './pass-reading.ts';
import type { Settings } from './settings.ts';

/** What operations on orders may do beside authenticating their caller. */
export const orderRights = ({
  settings,
  store,
  bus,
  counts,
}: {
  readonly settings: Settings;
  readonly store: ContactStore;
  readonly bus: EventBus;
  readonly counts: Counts;
}): Record<'addOrders' | 'listOrders', Grant> => ({
  addOrders: (fn) => {
    store.grant(fn, 'writeContacts');
    store.grant(fn, 'noteUnfinished');
    counts.grantTell(fn);
    bus.grantPublish(fn);
    passReading(fn, settings);
    passMatching(fn, settings);
    fn.addEnvironment(environmentNames.currency, settings.currency);
  },
  listOrders: (fn) => store.grant(fn, 'readContact'),
});
