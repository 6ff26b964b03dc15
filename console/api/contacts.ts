import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from './client.ts';
import type { operations } from './openapi.d.ts';

/** Which contacts are asked for, and which page of them. */
export type ContactsQuery = NonNullable<operations['listContacts']['parameters']['query']>;

const itemsAPage = 50;

/** A page of contacts. */
export const contactsPage = (query: ContactsQuery) =>
  queryOptions({
    queryKey: ['contacts', query],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/admin/v1/contacts', { params: { query: { limit: itemsAPage, ...query } }, signal })),
    placeholderData: keepPreviousData,
  });

/** One contact. */
export const contactOf = (id: number) =>
  queryOptions({
    queryKey: ['contact', id],
    queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/contacts/{id}', { params: { path: { id } }, signal })),
  });

/** The orders of a contact. */
export const ordersOf = (contactId: number) =>
  queryOptions({
    queryKey: ['orders', contactId],
    queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/orders', { params: { query: { contactId } }, signal })),
  });

/** The runs of workflows about a contact. */
export const runsOf = (contactId: number) =>
  queryOptions({
    queryKey: ['runs', { contactId }],
    queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/workflow-runs', { params: { query: { contactId } }, signal })),
  });

/** The events about a contact. */
export const eventsOf = (contactId: number) =>
  queryOptions({
    queryKey: ['events', { contactId }],
    queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/events', { params: { query: { contactId } }, signal })),
  });

/** The messages that were sent to a contact. */
export const messagesOf = (contactId: number) =>
  queryOptions({
    queryKey: ['messages', contactId],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/admin/v1/contacts/{id}/messages', { params: { path: { id: contactId } }, signal })),
  });

/** The custom fields. */
export const fieldList = queryOptions({
  queryKey: ['fields'],
  queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/fields', { signal })),
});

/** All segments, as far as a list to choose from goes. */
export const segmentChoice = queryOptions({
  queryKey: ['segments', 'choice'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/groups', { signal })),
});

/** Puts contacts into a segment, or takes them out. */
export const changeSegment = (what: 'attach' | 'detach', segmentId: number, contactIds: readonly number[]) =>
  answerOf(
    api.POST(`/api/v1/group/{id}/contacts/${what}`, {
      params: { path: { id: segmentId } },
      body: { contactIds: [...contactIds] },
      parseAs: 'text',
    }),
  );

/** Deletes a contact so that it can be restored. */
export const deleteContact = (id: number) =>
  answerOf(api.DELETE('/api/v1/contact/{id}', { params: { path: { id } }, parseAs: 'text' }));

/** Erases a contact for good. */
export const eraseContact = (id: number) =>
  answerOf(api.DELETE('/api/v1/contact/{id}', { params: { path: { id }, query: { erase: true } }, parseAs: 'text' }));

/** Takes a deletion back. */
export const restoreContact = (id: number) =>
  answerOf(api.POST('/admin/v1/contacts/{id}/restoration', { params: { path: { id } } }));
