import { expect, it } from 'vitest';
import { madeByOf } from '#contract/contacts/made-by.ts';
import type { Contact } from '#domain/contacts/contact.ts';
import { tokenBy } from '#domain/contacts/maker.ts';

const id = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';
const contactOf = (about: Pick<Contact, 'source' | 'createdBy'>): Contact => ({
  id: 7,
  confirmed: true,
  state: 'active',
  createdAt: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T09:00:00.000Z',
  version: 1,
  updatedBy: about.createdBy,
  ...about,
});

it.each([
  ['IMPORT', `${id}#12`, { kind: 'import', id, path: `/admin/v1/imports/${id}` }],
  ['CAMPAIGN', `${id}#create`, { kind: 'run', id, path: `/admin/v1/workflow-runs/${id}` }],
  ['SUBSCRIPTION', tokenBy(id, '9f86d081884c'), { kind: 'form', id: '9f86d081884c', path: '/admin/v1/keys' }],
  ['SUBSCRIPTION', tokenBy(id, undefined), { kind: 'form' }],
  ['ORDER', id, { kind: 'order', path: '/admin/v1/orders?contactId=7' }],
  ['I_MESSAGE', id, { kind: 'message', path: '/admin/v1/contacts/7/messages' }],
  ['API', id, { kind: 'request' }],
] as const)('a contact with the source %s says what made it', (source, createdBy, madeBy) => {
  expect(madeByOf(contactOf({ source, createdBy }))).toEqual(madeBy);
});
