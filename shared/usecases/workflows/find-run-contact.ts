import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { EventIdentifiers } from '#domain/events/event-subject.ts';
import type { MessageParams } from '#domain/messages/message.ts';
import type { WorkflowRun } from '#domain/workflows/workflow-run.ts';
import { findSubjects } from '../events/find-subjects.ts';

export interface FindRunContactPorts {
  readonly contacts: Pick<ContactStore, 'readClaims' | 'readContacts'>;
  /** Whom an event's parameters say that it is about. */
  readonly identifiersOf: (params: MessageParams) => EventIdentifiers;
}

/** The contact of a run: a known one, none, or one that was erased since. */
export type RunContact = { readonly contact: Contact } | 'nobody' | 'erased';

/**
 * The contact of a run: the one that it has met, else the one that its event names (contract 3.2). A deleted contact
 * counts as none.
 */
export const findRunContact = async (ports: FindRunContactPorts, run: WorkflowRun): Promise<RunContact> => {
  if (run.contactId === undefined) {
    const [contact] = await findSubjects(ports.contacts, [ports.identifiersOf(run.event.params)]);
    return contact ? { contact } : 'nobody';
  }
  const [contact] = (await ports.contacts.readContacts([run.contactId], [])).contacts;
  if (contact?.state === 'active') return { contact };
  return contact?.state === 'erased' ? 'erased' : 'nobody';
};
