import type { Contact } from '#domain/contacts/contact.ts';
import type { Workflow, WorkflowStep } from '#domain/workflows/workflow.ts';
import { claimWriteOf, contactOf } from '#test/support/contacts/contact-makers.ts';
import { storeWorkflow, type WorkflowTestPorts, workflowPorts } from './workflow-ports.ts';

/** The contact that most events of these tests are about. */
export const john: Contact = contactOf({ confirmed: false, fields: [{ id: 20, value: '5' }] });

/** Ports with contact 7, the fields Points (20), Rate (21) and Card (22), and a workflow of these steps. */
export const arranged = async (
  steps: readonly WorkflowStep[],
  { contact = john, ...about }: Partial<Workflow> & { readonly contact?: Contact } = {},
  ports: WorkflowTestPorts = workflowPorts(),
): Promise<WorkflowTestPorts> => {
  const shared = { group: 'Personal', identifier: false } as const;
  ports.memory.fields.push(
    { id: 20, name: 'Points', key: 'POINTS', type: 'number', ...shared },
    { id: 21, name: 'Rate', key: 'RATE', type: 'decimal', ...shared },
    { id: 22, name: 'Card', key: 'CARD', type: 'textfield', ...shared, identifier: true },
  );
  await ports.contacts.writeClaims([claimWriteOf()]);
  await ports.contacts.insertContacts([contact]);
  await storeWorkflow(ports, steps, about);
  return ports;
};

/** A contact as it is stored now. */
export const stored = async ({ contacts }: WorkflowTestPorts, id = 7): Promise<Contact | undefined> =>
  (await contacts.readContacts([id], [])).contacts[0];

/** The names of the segments that a contact is in. */
export const segmentsOf = async (ports: WorkflowTestPorts, contactId = 7): Promise<(string | undefined)[]> => {
  const names = new Map([...ports.memory.segments.values()].map(({ id, name }) => [id, name]));
  return (await ports.contacts.readMemberships([contactId])).map(({ segmentId }) => names.get(segmentId));
};
