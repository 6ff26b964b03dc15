import { environmentNames } from '#names/environment.ts';
import type { ContactStore } from './constructs/contact-store.ts';
import type { EventBus } from './constructs/event-bus.ts';
import type { Grant } from './grant.ts';
import type { Settings } from './settings.ts';
import { tellMatching, tellReading } from './tell-reading.ts';

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
    tellReading(fn, settings);
    tellMatching(fn, settings);
    fn.addEnvironment(environmentNames.currency, settings.currency);
  },
  listOrders: (fn) => store.grant(fn, 'readContact'),
});
