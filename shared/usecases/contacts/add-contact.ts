import type { EventBus } from '#domain/events/ports.ts';
import type { Problem } from '#domain/problem.ts';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import { changeMemberships, type MembershipPorts } from '../segments/change-memberships.ts';
import { publishFieldChanges } from './publish-field-changes.ts';
import { type SaveContactPorts, type SingleContact, saveContact } from './save-contact.ts';

export interface AddContactPorts extends SaveContactPorts, Pick<MembershipPorts, 'publishesSegmentChanges'> {
  readonly eventBus: EventBus;
  readonly suppressions: Pick<SuppressionStore, 'add'>;
  /** Whether updates are published on the bus (contract 3.5). */
  readonly publishesFieldChanges: boolean;
}

/** The contact that was added or updated, and what was left out of it. */
export interface AddedContact {
  readonly id: number;
  readonly warnings: readonly Problem[];
}

/** Adds or updates one contact at once, confirmed, without events for workflows (contract 4.4). */
export const addContact = async (ports: AddContactPorts, contact: SingleContact): Promise<AddedContact> => {
  const saved = await saveContact(ports, contact, {
    dedupeOn: 'any_channel',
    source: 'API',
    confirmed: true,
    restoreDeleted: true,
    guardsDeleted: true,
  });
  await Promise.all([
    changeMemberships(ports, saved.membershipChanges, saved.token),
    publishFieldChanges(ports, [saved]),
  ]);
  return { id: saved.contact.id, warnings: saved.warnings };
};
