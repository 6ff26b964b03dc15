import type { ContactDraft } from '#domain/contacts/contact.ts';
import type { FormPermit } from '#domain/subscriptions/form.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { type SubscribeByFormPorts, subscribeByForm } from '#usecases/subscriptions/subscribe-by-form.ts';
import type { Subscription } from '#usecases/subscriptions/subscribe-contact.ts';
import type { ConfirmationTestPorts } from './confirmation-ports.ts';

/** What a form sends, with whatever the test is about. */
export const formOf = (draft: ContactDraft, about: Partial<Subscription> = {}): Subscription => ({
  draft,
  groupNames: [],
  groupIds: [],
  warnings: [],
  ...about,
});

/** The permit of a key that was made without groups and fields. */
export const nothingMore: FormPermit = { groups: [], fields: [] };

/** Sends a form with a key of the scope `subscribe`. */
export const sendForm = (
  ports: SubscribeByFormPorts,
  draft: ContactDraft,
  { permit = nothingMore, ...about }: Partial<Subscription> & { readonly permit?: FormPermit } = {},
) => subscribeByForm(ports, formOf(draft, about), permit);

/** Stores a contact as the company's own systems do, and returns its id. */
export const knownContact = async (ports: ConfirmationTestPorts, draft: ContactDraft): Promise<number> =>
  (await addContact(ports, formOf(draft))).id;
