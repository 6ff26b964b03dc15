import type { Contact } from '#domain/contacts/contact.ts';

/** A stored contact that says nothing about anybody, with whatever the test is about. */
export const bareContact = (about: Partial<Contact> = {}): Contact => ({
  id: 1,
  confirmed: true,
  source: 'IMPORT',
  state: 'active',
  createdAt: '2026-01-01T09:00:00.000Z',
  updatedAt: '2026-01-01T09:00:00.000Z',
  version: 1,
  createdBy: 'before',
  updatedBy: 'before',
  ...about,
});

/** A time on a day of January 2026, for contacts that were updated one after the other. */
export const onDay = (day: number): string => `2026-01-${String(day).padStart(2, '0')}T09:00:00.000Z`;
