import { RollcallError } from '#domain/error.ts';
import { type Access, scopes } from '#names/access.ts';
import type { ApiMiddyRequest } from './api-event.ts';

/** Lets a request through whose key has the right that its route asks for (contract 1.2); an unknown scope has none. */
export const authorize = (access: Access) => ({
  before: ({ event: { apiKey } }: ApiMiddyRequest): void => {
    if (apiKey && rightsOf(apiKey.scope).includes(access)) return;
    throw new RollcallError('FORBIDDEN', `The API key's access level does not include this: it lacks ${access}`);
  },
});

const rightsOf = (scope: string): readonly Access[] =>
  Object.hasOwn(scopes, scope) ? scopes[scope as keyof typeof scopes] : [];
