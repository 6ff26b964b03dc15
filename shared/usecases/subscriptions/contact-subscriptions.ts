import type { Ambient } from '#domain/ambient.ts';
import type { ContactReader } from '#domain/contacts/ports.ts';
import { RollcallError } from '#domain/error.ts';
import { isLeaving } from '#domain/segments/leaving.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import type { CategoryStore } from '#domain/subscriptions/ports.ts';
import { unknownContact } from '../contacts/named-contact.ts';
import { changeMemberships, type MembershipPorts } from '../segments/change-memberships.ts';
import { listCategories, type MirroredCategory } from './manage-categories.ts';

export interface SubscriptionsPorts {
  readonly contactReader: Pick<ContactReader, 'find'>;
  readonly categories: Pick<CategoryStore, 'list'>;
  readonly segments: Pick<SegmentStore, 'findByIds'>;
}

/**
 * The keys of the categories that a contact is subscribed to (contract 4.11).
 * @throws RollcallError NOT_FOUND for the contact.
 */
export const getSubscriptions = async (ports: SubscriptionsPorts, contactId: number): Promise<string[]> => {
  const categories = await readSubscriptions(ports, contactId);
  return categories.filter(({ isJoined }) => isJoined).map(({ key }) => key);
};

/**
 * Subscribes a contact to these categories and to no others (contract 4.11): nobody but the person joins the others again.
 * @throws RollcallError NOT_FOUND for the contact, INVALID_REQUEST for a key that no category has.
 */
export const setSubscriptions = async (
  ports: SubscriptionsPorts & MembershipPorts & Pick<Ambient, 'newId'>,
  contactId: number,
  keys: readonly string[],
): Promise<void> => {
  const categories = await readSubscriptions(ports, contactId);
  const unknown = keys.filter((key) => !categories.some((category) => category.key === key));
  if (unknown.length > 0) {
    throw new RollcallError('INVALID_REQUEST', `subscriptions: there is no category '${unknown.join("', '")}'`);
  }
  const isWanted = ({ key }: MirroredCategory) => keys.includes(key);
  const changeOf = ({ segment }: MirroredCategory) => ({ contactId, segment });
  // What hides a category that the person wants goes also where a writer died before it joined.
  const add = categories.filter((one) => isWanted(one) && (!one.isJoined || one.isLeft));
  const refuse = categories.filter((one) => !isWanted(one) && (one.isJoined || !one.isLeft));
  const remove = refuse.filter(({ isJoined }) => isJoined);
  await changeMemberships(
    ports,
    {
      add: add.map((one) => ({ ...changeOf(one), isAskedFor: true })),
      remove: remove.map(changeOf),
      refuse: refuse.map(changeOf),
    },
    ports.newId(),
  );
};

const readSubscriptions = async (
  ports: SubscriptionsPorts,
  contactId: number,
): Promise<(MirroredCategory & { isJoined: boolean; isLeft: boolean })[]> => {
  const [found, categories] = await Promise.all([ports.contactReader.find(contactId), listCategories(ports)]);
  if (found?.contact.state !== 'active') throw unknownContact({ id: contactId });
  return categories.map((category) => ({
    ...category,
    isJoined: found.memberships.some(
      ({ segmentId, epoch }) => segmentId === category.segment.id && epoch === category.segment.epoch,
    ),
    isLeft: found.memberships.some((one) => one.segmentId === category.segment.id && isLeaving(one)),
  }));
};
