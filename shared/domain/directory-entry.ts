import type { Contact } from './contact.ts';

/** What lists and searches by name know of each contact before they read it. */
export type DirectoryEntry = Pick<Contact, 'id' | 'state' | 'updatedAt' | 'source' | 'firstName' | 'lastName'>;

/** What a search keeps of each contact that it found, to sort them and to read those of a page. */
export type FoundContact = Pick<Contact, 'id' | 'updatedAt'>;
