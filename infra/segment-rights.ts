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
    store.grant(fn, 'changeMemberships');
    bus.grantPublishWithSegments(fn);
  };
  const readsCategories: Grant = (fn) => store.grant(fn, 'readContact');
  return {
    listGroups: (fn) => store.grant(fn, 'listSegments'),
    listGroupContacts: (fn) => store.grant(fn, 'listMembers'),
    attachContacts: attaches,
    detachContacts: (fn) => {
      attaches(fn);
      store.grant(fn, 'emptySegments');
      leftovers.grantLeave(fn);
    },
    listSubscriptions: readsCategories,
    getContactSubscriptions: readsCategories,
    setContactSubscriptions: (fn) => {
      readsCategories(fn);
      attaches(fn);
    },
    listSegments: (fn) => store.grant(fn, 'listSegments'),
    createSegment: (fn) => store.grant(fn, 'makeSegments'),
    renameSegment: (fn) => store.grant(fn, 'renameSegments'),
    deleteSegment: (fn) => {
      store.grant(fn, 'removeSegments');
      leftovers.grantLeave(fn);
    },
    listCategories: readsCategories,
    defineCategory: (fn) => {
      readsCategories(fn);
      store.grant(fn, 'makeSegments');
      store.grant(fn, 'defineCategories');
    },
    removeCategory: (fn) => {
      readsCategories(fn);
      store.grant(fn, 'removeCategories');
    },
  };
};
