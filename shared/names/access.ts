/**
 * What a key must be allowed to do before a route answers (contract 1.2); `admin` is everything of our own, and `public`
 * needs no key.
 */
export type Access =
  | 'public'
  | 'version'
  | 'always'
  | 'subscribe'
  | 'readContacts'
  | 'writeContacts'
  | 'events'
  | 'messages'
  | 'admin';

/** The access levels a key can have (contract 1.2), each with the rights it holds. */
export const scopes = {
  full: ['version', 'always', 'subscribe', 'readContacts', 'writeContacts', 'events', 'messages', 'admin'],
  'events+contacts': ['version', 'always', 'subscribe', 'readContacts', 'writeContacts', 'events'],
  'events+contacts-write': ['version', 'always', 'subscribe', 'writeContacts', 'events'],
  events: ['version', 'always', 'events'],
  messages: ['version', 'always', 'messages'],
  /** For site forms, where anyone can read the key: it may subscribe contacts and see nothing. */
  subscribe: ['version', 'subscribe'],
} as const satisfies Record<string, readonly Access[]>;

/** A key's access level. */
export type Scope = keyof typeof scopes;
