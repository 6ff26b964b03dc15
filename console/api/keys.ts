import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from './client.ts';
import type { components } from './openapi.d.ts';

/** A key as it is listed. */
export type ApiKey = components['schemas']['ApiKey'];

/** What a key may do. */
export type Scope = components['schemas']['CreateKey']['scope'];

/** Every scope, the widest first. */
export const scopes = [
  'full',
  'viewer',
  'events+contacts',
  'events+contacts-write',
  'events',
  'messages',
  'subscribe',
] as const satisfies readonly Scope[];

/** All keys. */
export const keyList = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/keys', { signal })),
});

/** Makes a key, which is answered this once. */
export const createKey = (name: string, scope: Scope) =>
  answerOf(api.POST('/admin/v1/keys', { body: { name, scope } }));

/** Revokes a key. */
export const revokeKey = (id: string) =>
  answerOf(api.DELETE('/admin/v1/keys/{keyId}', { params: { path: { keyId: id } }, parseAs: 'text' }));
