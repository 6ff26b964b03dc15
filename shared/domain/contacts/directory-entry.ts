import type { Contact } from './contact.ts';

/** What a walk through all contacts keeps of each, to sort them and to read those of a page. */
export type DirectoryEntry = Pick<Contact, 'id' | 'updatedAt'>;

/** What names begin with, in lower case. */
export interface NamePrefixes {
  readonly firstName?: string;
  readonly lastName?: string;
}
