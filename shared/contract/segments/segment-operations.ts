import * as z from 'zod/mini';
import { attachedResponse, contactNamesRequest, detachedResponse } from '../contacts/contact-names.ts';
import { contactRowsQuery, contactRowsResponse } from '../contacts/search-contacts.ts';
import type { OperationDescription } from '../operations.ts';
import { pageQuery, pageResponse } from '../page.ts';
import { categoryResponse, contactSubscriptions, subscriptionsResponse } from '../subscriptions/categories.ts';
import { groupContactsHeaders, groupsQuery, groupsResponse } from './groups.ts';
import { segmentRequest, segmentResponse, segmentsPage } from './segments.ts';

const nameTaken = 'Another segment has the name, whatever the case of its letters.';
const isProtected = 'The segment mirrors a subscription category.';

/** The operations on segments and subscription categories, described. */
export const segmentOperations = {
  listGroups: {
    tag: 'Segments',
    summary: 'List segments',
    description: 'Segments ascending by id, up to 500 where nothing else is asked.',
    query: groupsQuery,
    answer: groupsResponse,
  },
  listGroupContacts: {
    tag: 'Segments',
    summary: 'List the contacts of a segment',
    description:
      'Contacts without their segments, ascending by id. The page that follows another of the same key goes on where that one ended, so that whoever joins or leaves in between moves nobody to another page.',
    query: contactRowsQuery,
    answer: contactRowsResponse,
    headers: groupContactsHeaders,
  },
  attachContacts: {
    tag: 'Segments',
    summary: 'Attach contacts to a static segment',
    description: 'Puts up to 500 contacts into a segment, all by `contactIds` or all by `externalCustomerIds`.',
    body: contactNamesRequest,
    answer: attachedResponse,
  },
  detachContacts: {
    tag: 'Segments',
    summary: 'Delete contacts from a static segment',
    description:
      'Takes up to 500 contacts out of a segment; without a body or with `{}` all of them at once, however many they are. The contacts stay in the account. A list that is empty is refused.',
    body: contactNamesRequest,
    isBodyOptional: true,
    answer: detachedResponse,
  },
  listSubscriptions: {
    tag: 'Segments',
    summary: 'List the subscription categories',
    description: 'The categories that contacts can be subscribed to.',
    answer: subscriptionsResponse,
  },
  getContactSubscriptions: {
    tag: 'Segments',
    summary: 'Get the subscriptions of a contact',
    description: 'The keys of the categories that a contact is subscribed to.',
    answer: contactSubscriptions,
  },
  setContactSubscriptions: {
    tag: 'Segments',
    summary: 'Set the subscriptions of a contact',
    description: 'Subscribes a contact to these categories and to no others; an empty list ends all subscriptions.',
    body: contactSubscriptions,
    answer: 'nothing',
  },
  listSegments: {
    tag: 'Groups',
    summary: 'List segments with their sizes',
    description: 'Segments ascending by id, each with the number of its contacts.',
    query: pageQuery(segmentsPage),
    answer: pageResponse(segmentResponse),
  },
  createSegment: {
    tag: 'Groups',
    summary: 'Create a segment',
    description: 'Makes a static segment. Imports and subscriptions make the segments that they name by themselves.',
    body: segmentRequest,
    answer: segmentResponse,
    conflict: nameTaken,
  },
  renameSegment: {
    tag: 'Groups',
    summary: 'Rename a segment',
    description: 'Gives a segment another name; its old one is free at once.',
    body: segmentRequest,
    answer: segmentResponse,
    conflict: `${nameTaken} Or: ${isProtected}`,
  },
  deleteSegment: {
    tag: 'Groups',
    summary: 'Delete a segment',
    description: 'Removes a segment; its name is free at once, its contacts stay in the account.',
    answer: 'nothing',
    conflict: isProtected,
  },
  listCategories: {
    tag: 'Groups',
    summary: 'List the subscription categories with their segments',
    description: 'Every category by its key, with the segment that mirrors it.',
    answer: z.object({ items: z.array(categoryResponse) }),
  },
  defineCategory: {
    tag: 'Groups',
    summary: 'Define a subscription category',
    description:
      'Defines a category, mirrored by the static segment of its name, which is made where it is missing; or gives a category another name, and its segment with it.',
    body: segmentRequest,
    answer: categoryResponse,
    conflict: nameTaken,
  },
  removeCategory: {
    tag: 'Groups',
    summary: 'Delete a subscription category',
    description: 'Removes a category; its segment stays with its contacts, as one like any other.',
    answer: 'nothing',
  },
} as const satisfies Readonly<Record<string, OperationDescription>>;
