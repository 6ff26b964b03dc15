import type { ContactStore } from '#domain/contacts/ports.ts';

/** The e-mail address of a contact. */
export interface ContactEmail {
  readonly contactId: number;
  readonly email: string;
}

/** The e-mail addresses of contacts, in the order of their ids; who is unknown, deleted or without one is left out. */
export const getContactEmails = async (
  { contacts }: { readonly contacts: Pick<ContactStore, 'readContacts'> },
  ids: readonly number[],
): Promise<ContactEmail[]> => {
  const read = await contacts.readContacts(ids, []);
  const live = read.contacts.filter(({ state }) => state === 'active');
  const emails = new Map(live.flatMap(({ id, email }) => (email === undefined ? [] : [[id, email]])));
  return [...new Set(ids)].flatMap((contactId) => {
    const email = emails.get(contactId);
    return email === undefined ? [] : [{ contactId, email }];
  });
};
