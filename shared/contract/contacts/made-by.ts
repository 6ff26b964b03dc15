import * as z from 'zod/mini';
import type { Contact } from '#domain/contacts/contact.ts';
import { makerOf } from '#domain/contacts/maker.ts';

/** What created a contact, and where more is told of it. */
export const madeByResponse = z.object({
  kind: z.enum(['import', 'form', 'order', 'message', 'run', 'request']),
  id: z.optional(
    z.string().check(z.describe('Of the import or the run; of a form or a request the id of its API key')),
  ),
  path: z.optional(
    z.string().check(z.meta({ description: 'Where it is described', examples: ['/admin/v1/imports/…'] })),
  ),
});

/** What created a contact as our own routes say it. */
export const madeByOf = (contact: Contact): z.output<typeof madeByResponse> => {
  const { kind, id } = makerOf(contact);
  const path = pathOf(contact, { kind, id });
  return { kind, ...(id !== undefined && { id }), ...(path !== undefined && { path }) };
};

const pathOf = ({ id: contactId }: Contact, { kind, id }: ReturnType<typeof makerOf>): string | undefined => {
  switch (kind) {
    case 'import':
      return `/admin/v1/imports/${id}`;
    case 'run':
      return `/admin/v1/workflow-runs/${id}`;
    case 'order':
      return `/admin/v1/orders?contactId=${contactId}`;
    case 'message':
      return `/admin/v1/contacts/${contactId}/messages`;
    default:
      return id === undefined ? undefined : '/admin/v1/keys';
  }
};
