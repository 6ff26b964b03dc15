import type { ContactStore } from './constructs/contact-store.ts';
import type { EventBus } from './constructs/event-bus.ts';
import type { SegmentLeftovers } from './constructs/segment-leftovers.ts';
import type { Grant } from './grant.ts';

/** The operations on segments and subscription categories. */
type SegmentOperation =
  | 'listGroups'
  | 'listGroupContacts'
  | 'attachContacts'
  | 'detachContacts'
  | 'listSubscriptions'
  | 'getContactSubscriptions'
  | 'setContactSubscriptions'
  | 'listSegments'
  | 'createSegment'
  | 'renameSegment'
  | 'deleteSegment'
  | 'listCategories'
  | 'defineCategory'
  | 'removeCategory';

/** What operations on segments may do beside authenticating their caller. */
export const segmentRights = ({
  store,
  bus,
  leftovers,
}: {
  readonly store: ContactStore;
  readonly bus: EventBus;
  readonly leftovers: SegmentLeftovers;
}): Record<SegmentOperation, Grant> => {
  const attaches: Grant = (fn) => {
    store.grantFileContacts(fn);
    bus.grantPublish(fn);
  };
  const readsCategories: Grant = (fn) => store.grantReadContact(fn);
  return {
    listGroups: (fn) => store.grantListSegments(fn),
    listGroupContacts: (fn) => store.grantListMembers(fn),
    attachContacts: attaches,
    detachContacts: (fn) => {
      attaches(fn);
      store.grantEmptySegments(fn);
      leftovers.grantLeave(fn);
    },
    listSubscriptions: readsCategories,
    getContactSubscriptions: readsCategories,
    setContactSubscriptions: (fn) => {
      readsCategories(fn);
      attaches(fn);
    },
    listSegments: (fn) => store.grantListSegments(fn),
    createSegment: (fn) => store.grantMakeSegments(fn),
    renameSegment: (fn) => store.grantChangeSegments(fn),
    deleteSegment: (fn) => {
      store.grantChangeSegments(fn);
      leftovers.grantLeave(fn);
    },
    listCategories: readsCategories,
    defineCategory: (fn) => {
      readsCategories(fn);
      store.grantMakeSegments(fn);
      store.grantChangeSegments(fn);
    },
    removeCategory: (fn) => {
      readsCategories(fn);
      store.grantChangeSegments(fn);
    },
  };
};
