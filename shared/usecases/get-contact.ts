import type { Contact } from '#domain/contact.ts';
import { RollcallError } from '#domain/error.ts';
import type { ContactReader, SegmentStore } from '#domain/ports.ts';
import type { Segment } from '#domain/segment.ts';

export interface ReadContactPorts {
  readonly contactReader: Pick<ContactReader, 'find'>;
  readonly segments: Pick<SegmentStore, 'findByIds'>;
}

/** A contact with the segments it is in, ascending by id. */
export interface ContactWithSegments {
  readonly contact: Contact;
  readonly segments: readonly Segment[];
}

/**
 * The contact of an id (contract 4.6).
 * @throws RollcallError NOT_FOUND where it is unknown, deleted or erased.
 */
export const getContact = async (ports: ReadContactPorts, id: number): Promise<ContactWithSegments> => {
  const found = await describeContact(ports, id);
  if (found.contact.state !== 'active') throw notFound(id);
  return found;
};

/**
 * The contact of an id, a deleted one too, as our own routes show it.
 * @throws RollcallError NOT_FOUND where it is unknown or erased.
 */
export const describeContact = async (
  { contactReader, segments }: ReadContactPorts,
  id: number,
): Promise<ContactWithSegments> => {
  const found = await contactReader.find(id);
  if (!found || found.contact.state === 'erased') throw notFound(id);
  const { contact, segmentIds } = found;
  const joined = segmentIds.length > 0 ? await segments.findByIds(segmentIds) : [];
  return { contact, segments: joined.toSorted((one, other) => one.id - other.id) };
};

const notFound = (id: number) => new RollcallError('NOT_FOUND', `Contact with id='${id}' not found`);
