import type { Contact } from '#domain/contacts/contact.ts';
import type { Identity } from '#domain/contacts/identity.ts';
import type { ClaimWrite } from '#domain/contacts/ports.ts';

/** The identity of an e-mail address. */
export const emailIdentity = (value: string): Identity => ({ type: 'EMAIL', value });

/** A claim of contact 7 on an address that is free, with whatever the test is about. */
export const claimWriteOf = (about: Partial<ClaimWrite> = {}): ClaimWrite => ({
  identity: emailIdentity('john@example.com'),
  contactIds: [7],
  stamp: '7.1',
  ...about,
});

/** A whole stored contact, with whatever the test is about. */
export const contactOf = (about: Partial<Contact> = {}): Contact => ({
  id: 7,
  firstName: 'John',
  email: 'john@example.com',
  tokens: [{ type: 'mobilepush', value: 'token', device: { appId: 'app', active: true } }],
  fields: [{ id: 1, value: '1990-01-31' }],
  confirmed: true,
  source: 'IMPORT',
  state: 'active',
  createdAt: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T09:00:00.000Z',
  version: 1,
  createdBy: 'session#1',
  updatedBy: 'session#1',
  ...about,
});
