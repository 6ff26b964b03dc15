import type { Access } from './routes.ts';

/** The access levels a key can have (contract 1.2), each with the rights it holds. */
export const scopes = {
  full: ['always', 'readContacts', 'writeContacts', 'admin'],
  'events+contacts': ['always', 'readContacts', 'writeContacts'],
  'events+contacts-write': ['always', 'writeContacts'],
  events: ['always'],
  messages: ['always'],
} as const satisfies Record<string, readonly Access[]>;

/** A key's access level. */
export type Scope = keyof typeof scopes;
