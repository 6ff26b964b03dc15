import { operationFunctions } from '#aws/clients/operation-functions.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { notFoundEndpoint } from '#http/not-found-endpoint.ts';
import { ambient } from '#shared/ambient.ts';

/** Every path and method that the route table does not have: those with a trailing slash are forwarded. */
export const handler = notFoundEndpoint({ apiKeys, operationFunctions, ...ambient });
