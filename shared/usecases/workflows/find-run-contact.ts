import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { WorkflowRun } from '#domain/workflows/workflow-run.ts';
import { identifiersOf } from '#identity/event-identifiers.ts';
import type { JunkRule } from '#identity/junk.ts';
import { findSubjects } from '../events/find-subjects.ts';

export interface FindRunContactPorts {
  readonly contacts: Pick<ContactStore, 'readClaims' | 'readContacts'>;
  /** ISO 3166-1 alpha-2; national phone numbers are read in it. */
  readonly defaultCountry: string;
  /** What stands for no identity in this stage. */
  readonly junk?: JunkRule;
}

/** The contact of a run: a known one, none, or one that was erased since. */
export type RunContact = { readonly contact: Contact } | 'nobody' | 'erased';

/**
 * The contact of a run: the one that it has met, else the one that its event names (contract 3.2). A deleted contact
 * counts as none.
 */
export const findRunContact = async (ports: FindRunContactPorts, run: WorkflowRun): Promise<RunContact> => {
  if (run.contactId === undefined) {
    const [contact] = await findSubjects(ports.contacts, [identifiersOf(run.event.params, ports)]);
    return contact ? { contact } : 'nobody';
  }
  const [contact] = (await ports.contacts.readContacts([run.contactId], [])).contacts;
  if (contact?.state === 'active') return { contact };
  return contact?.state === 'erased' ? 'erased' : 'nobody';
};
