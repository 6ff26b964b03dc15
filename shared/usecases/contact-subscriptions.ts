import { RollcallError } from '#domain/error.ts';
import type { Ambient, CategoryStore, ContactReader, SegmentStore } from '#domain/ports.ts';
import { type FilingPorts, fileContacts } from './file-contacts.ts';
import { listCategories, type MirroredCategory } from './manage-categories.ts';
import { unknownContact } from './named-contact.ts';

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
 * Subscribes a contact to these categories and to no others (contract 4.11).
 * @throws RollcallError NOT_FOUND for the contact, INVALID_REQUEST for a key that no category has.
 */
export const setSubscriptions = async (
  ports: SubscriptionsPorts & FilingPorts & Pick<Ambient, 'newId'>,
  contactId: number,
  keys: readonly string[],
): Promise<void> => {
  const categories = await readSubscriptions(ports, contactId);
  const unknown = keys.filter((key) => !categories.some((category) => category.key === key));
  if (unknown.length > 0) {
    throw new RollcallError('INVALID_REQUEST', `subscriptions: there is no category '${unknown.join("', '")}'`);
  }
  const filings = categories.map(({ key, segment, isJoined }) => ({
    contactId,
    segment,
    isJoined,
    isWanted: keys.includes(key),
  }));
  const add = filings.filter(({ isJoined, isWanted }) => isWanted && !isJoined);
  const remove = filings.filter(({ isJoined, isWanted }) => isJoined && !isWanted);
  await fileContacts(ports, { add, remove }, ports.newId());
};

const readSubscriptions = async (
  ports: SubscriptionsPorts,
  contactId: number,
): Promise<(MirroredCategory & { isJoined: boolean })[]> => {
  const [found, categories] = await Promise.all([ports.contactReader.find(contactId), listCategories(ports)]);
  if (found?.contact.state !== 'active') throw unknownContact({ id: contactId });
  return categories.map((category) => ({
    ...category,
    isJoined: found.memberships.some(
      ({ segmentId, epoch }) => segmentId === category.segment.id && epoch === category.segment.epoch,
    ),
  }));
};
