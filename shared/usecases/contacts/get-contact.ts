import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactReader } from '#domain/contacts/ports.ts';
import { RollcallError } from '#domain/error.ts';
import type { Membership, SegmentStore } from '#domain/segments/ports.ts';
import type { Segment } from '#domain/segments/segment.ts';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';

export interface ReadContactPorts {
  readonly contactReader: Pick<ContactReader, 'find'>;
  readonly segments: Pick<SegmentStore, 'findByIds'>;
}

export interface DescribeContactPorts extends ReadContactPorts {
  readonly suppressions: Pick<SuppressionStore, 'find'>;
}

/** A contact with the segments it is in, ascending by id. */
export interface ContactWithSegments {
  readonly contact: Contact;
  readonly segments: readonly Segment[];
}

/** … and why its e-mail address and its phone get no bulk messages, where that is so. */
export interface DescribedContact extends ContactWithSegments {
  readonly suppressions: { readonly email: Suppression | undefined; readonly sms: Suppression | undefined };
}

/**
 * The contact of an id (contract 4.6).
 * @throws RollcallError NOT_FOUND if it is unknown, deleted or erased.
 */
export const getContact = async (ports: ReadContactPorts, id: number): Promise<ContactWithSegments> => {
  const found = await findContact(ports, id);
  if (found.contact.state !== 'active') throw notFound(id);
  return found;
};

/**
 * The contact of an id, a deleted one too, as our own routes show it.
 * @throws RollcallError NOT_FOUND if it is unknown or erased.
 */
export const describeContact = async (ports: DescribeContactPorts, id: number): Promise<DescribedContact> => {
  const found = await findContact(ports, id);
  const { email, sms } = found.contact;
  const addresses = [email, sms].filter((address) => address !== undefined);
  const suppressed = addresses.length > 0 ? await ports.suppressions.find(addresses) : [];
  const of = (address: string | undefined) => suppressed.find((one) => one.address === address);
  return { ...found, suppressions: { email: of(email), sms: of(sms) } };
};

const findContact = async ({ contactReader, segments }: ReadContactPorts, id: number): Promise<ContactWithSegments> => {
  const found = await contactReader.find(id);
  if (!found || found.contact.state === 'erased') throw notFound(id);
  const { contact, memberships } = found;
  return { contact, segments: await segmentsOf(segments, memberships) };
};

/** The segments of memberships that still count, ascending by id. */
const segmentsOf = async (
  segments: Pick<SegmentStore, 'findByIds'>,
  memberships: readonly Membership[],
): Promise<Segment[]> => {
  const ids = new Set(memberships.map(({ segmentId }) => segmentId));
  const found = ids.size > 0 ? await segments.findByIds([...ids]) : [];
  return found
    .filter(({ id, epoch }) => memberships.some((one) => one.segmentId === id && one.epoch === epoch))
    .sort((one, other) => one.id - other.id);
};

const notFound = (id: number) => new RollcallError('NOT_FOUND', `Contact with id='${id}' not found`);
