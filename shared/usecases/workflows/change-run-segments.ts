import { epochOf, type Segment } from '#domain/segments/segment.ts';
import { type StepAtWork, type StepOf, type StepResult, skipped } from '#domain/workflows/step-result.ts';
import { runProblem } from '#domain/workflows/workflow-run.ts';
import { changeMemberships, type MembershipPorts, removeLeft } from '../segments/change-memberships.ts';
import { ensureRunContact, type RunContactPorts } from './create-run-contact.ts';
import { findRunContact } from './find-run-contact.ts';

export interface FileRunContactPorts extends MembershipPorts, RunContactPorts {
  readonly contacts: RunContactPorts['contacts'];
  readonly segments: RunContactPorts['segments'] & { findByNames(names: readonly string[]): Promise<Segment[]> };
}

/**
 * Adds the contact of a run to a segment, which is made if missing. If the event's contact is unknown, it is created,
 * with the source CAMPAIGN (contract 2.9).
 */
export const addRunContact = async (
  ports: FileRunContactPorts,
  at: StepAtWork<StepOf<'addToSegment'>>,
): Promise<StepResult> => {
  const ensured = await ensureRunContact(ports, at);
  if (ensured.kind !== 'done' || ensured.contactId === undefined) return ensured;
  const [segment] = await ports.segments.ensure([at.step.segment]);
  if (segment?.type !== 'Static') return skipped(runProblem('SEGMENT_NOT_STATIC'));
  const { contactId } = ensured;
  if (await isMember(ports, contactId, segment)) await removeLeft(ports.contacts, [{ contactId, segment }]);
  else {
    const joined = await changeMemberships(ports, { add: [{ contactId, segment }], remove: [] }, at.token);
    if (joined.length === 0) return skipped(runProblem('CATEGORY_LEFT'));
  }
  return { kind: 'done', contactId, result: { contactId, segmentId: segment.id } };
};

/** Takes the contact of a run out of a segment. */
export const removeRunContact = async (
  ports: FileRunContactPorts,
  at: StepAtWork<StepOf<'removeFromSegment'>>,
): Promise<StepResult> => {
  const found = await findRunContact(ports, at.run);
  if (found === 'erased') return { kind: 'stop', problem: runProblem('CONTACT_ERASED') };
  if (found === 'nobody') return skipped(runProblem('NO_CONTACT'));
  const { id: contactId } = found.contact;
  const [segment] = await ports.segments.findByNames([at.step.segment]);
  if (segment && segment.type !== 'Static') return skipped(runProblem('SEGMENT_NOT_STATIC'));
  if (segment && (await isMember(ports, contactId, segment))) {
    await changeMemberships(ports, { add: [], remove: [{ contactId, segment }] }, at.token);
  }
  return { kind: 'done', contactId, result: { contactId, ...(segment && { segmentId: segment.id }) } };
};

/** Whether the segment would not change, so that no event is published. */
const isMember = async ({ contacts }: FileRunContactPorts, contactId: number, segment: Segment): Promise<boolean> => {
  const { memberships } = await contacts.readContacts([], [{ contactId, ...epochOf(segment) }]);
  return memberships.some(({ isHidden }) => !isHidden);
};
