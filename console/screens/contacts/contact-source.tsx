import type { Contact } from '../../api/types.ts';

/** How a contact came to be, and what made it. */
export const ContactSource = ({ contact }: { readonly contact: Contact }) => <strong>{contact.sourceLabel}</strong>;
