import { environmentNames } from '#names/environment.ts';
import type { ContactStore } from './constructs/contact-store.ts';
import type { EventBus } from './constructs/event-bus.ts';
import type { Grant } from './grant.ts';
import { passMatching, passReading } from './pass-reading.ts';
import type { Settings } from './settings.ts';

/** What operations on orders may do beside authenticating their caller. */
export const orderRights = ({
  settings,
  store,
  bus,
}: {
  readonly settings: Settings;
  readonly store: ContactStore;
  readonly bus: EventBus;
}): Record<'addOrders' | 'listOrders', Grant> => ({
  addOrders: (fn) => {
    store.grant(fn, 'writeContacts');
    store.grant(fn, 'noteUnfinished');
    bus.grantPublish(fn);
    passReading(fn, settings);
    passMatching(fn, settings);
    fn.addEnvironment(environmentNames.currency, settings.currency);
  },
  listOrders: (fn) => store.grant(fn, 'readContact'),
});
