/**
 * What a key must be allowed to do before a route answers (contract 1.2); of our own routes, with `admin…`, some read,
 * some change something, and some handle keys. `public` needs no key.
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
  | 'adminRead'
  | 'adminChange'
  | 'adminKeys';

/** The access levels a key can have (contract 1.2), each with the rights it holds. */
export const scopes = {
  full: [
    'version',
    'always',
    'subscribe',
    'readContacts',
    'writeContacts',
    'events',
    'messages',
    'adminRead',
    'adminChange',
    'adminKeys',
  ],
  /** For people who look: reads everything but keys, and changes nothing. */
  viewer: ['version', 'always', 'readContacts', 'adminRead'],
  'events+contacts': ['version', 'always', 'subscribe', 'readContacts', 'writeContacts', 'events'],
  'events+contacts-write': ['version', 'always', 'subscribe', 'writeContacts', 'events'],
  events: ['version', 'always', 'events'],
  messages: ['version', 'always', 'messages'],
  /** For site forms, where anyone can read the key: it may subscribe contacts and see nothing. */
  subscribe: ['version', 'subscribe'],
} as const satisfies Record<string, readonly Access[]>;

/** The rights of an access level; one that nobody knows has none. */
export const rightsOf = (scope: string): readonly Access[] =>
  Object.hasOwn(scopes, scope) ? scopes[scope as Scope] : [];

/** A key's access level. */
export type Scope = keyof typeof scopes;
