import { RollcallError } from '#domain/error.ts';
import type { ApiKey } from '#domain/keys/api-key.ts';
import type { FormPermit } from '#domain/subscriptions/form.ts';
import { type Access, rightsOf } from '#names/access.ts';
import type { ApiMiddyRequest } from './api-event.ts';

/** Lets a request through whose key has the right that its route asks for (contract 1.2); an unknown scope has none. */
export const authorize = (access: Access) => ({
  before: ({ event: { apiKey } }: ApiMiddyRequest): void => {
    if (apiKey && rightsOf(apiKey.scope).includes(access)) return;
    throw new RollcallError('FORBIDDEN', `The API key's access level does not include this: it lacks ${access}`);
  },
});

/** Whether a key may change what `/admin/v1` holds. */
export const mayChange = ({ scope }: ApiKey): boolean => rightsOf(scope).includes('adminChange');

/** What a key lets a form say that anybody can fill in; `undefined` for keys that may write contacts anyway. */
export const formPermitOf = ({ scope, groups = [], fields = [] }: ApiKey): FormPermit | undefined =>
  rightsOf(scope).includes('writeContacts') ? undefined : { groups, fields };
