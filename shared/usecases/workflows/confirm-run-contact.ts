import type { Ambient } from '#domain/ambient.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { staticOnly } from '#domain/segments/segment.ts';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import { type StepAtWork, type StepOf, type StepResult, skipped } from '#domain/workflows/step-result.ts';
import { runProblem } from '#domain/workflows/workflow-run.ts';
import { changeMemberships, type MembershipPorts } from '../segments/change-memberships.ts';
import { setConfirmed } from '../subscriptions/set-confirmed.ts';
import { type FindRunContactPorts, findRunContact } from './find-run-contact.ts';

export interface ConfirmRunContactPorts extends MembershipPorts, FindRunContactPorts, Pick<Ambient, 'newId' | 'pause'> {
  readonly contacts: Pick<ContactStore, 'readClaims' | 'readContacts' | 'replaceContacts' | 'changeMemberships'>;
  readonly suppressions: Pick<SuppressionStore, 'find' | 'remove'>;
  readonly segments: Pick<SegmentStore, 'ensure'>;
}

/**
 * Confirms the address of the contact of a run, lifts an unsubscription of it from before the event, and adds the
 * contact to a segment if the step names one (contract 6). No event is published: what launched the run was one.
 */
export const confirmRunContact = async (
  ports: ConfirmRunContactPorts,
  { run, step, token }: StepAtWork<StepOf<'confirmContact'>>,
): Promise<StepResult> => {
  const found = await findRunContact(ports, run);
  if (found === 'erased') return { kind: 'stop', problem: runProblem('CONTACT_ERASED') };
  if (found === 'nobody') return skipped(runProblem('NO_CONTACT'));
  const { id: contactId } = found.contact;
  const read = async () => {
    const [contact] = (await ports.contacts.readContacts([contactId], [])).contacts;
    return contact?.state === 'active' ? contact : undefined;
  };
  const email = (await setConfirmed({ ...ports, newId: () => token }, read))?.email;
  if (email !== undefined) await liftUnsubscription(ports, email, run.event.occurredAt);
  const segments = step.segment === undefined ? [] : staticOnly(await ports.segments.ensure([step.segment]));
  await changeMemberships(ports, { add: segments.map((segment) => ({ contactId, segment })), remove: [] }, token);
  return { kind: 'done', contactId, result: { contactId } };
};

/** Who unsubscribed after the event meant it. */
const liftUnsubscription = async (
  { suppressions }: ConfirmRunContactPorts,
  email: string,
  occurredAt: string,
): Promise<void> => {
  const [suppression] = await suppressions.find([email]);
  const isBefore = suppression?.reason === 'unsubscribed' && suppression.since <= occurredAt;
  if (isBefore) await suppressions.remove([email]);
};
