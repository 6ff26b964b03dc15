import { addressesBodyBytes } from '../body-bytes.ts';
import {
  attachedResponse,
  contactNamesRequest,
  detachedResponse,
  parseContactNames,
  parseDetached,
} from '../contacts/contact-names.ts';
import { contactRowsQuery, contactRowsResponse } from '../contacts/search-contacts.ts';
import type { OperationDefinition } from '../operation.ts';
import { segmentId } from '../path-parameters.ts';
import {
  groupContactsHeaders,
  groupsQuery,
  groupsResponse,
  parseGroupContactsQuery,
  parseGroupsQuery,
} from './groups.ts';
import { segmentRequest, segmentResponse } from './segments.ts';

const nameTaken = 'Another segment has the name, whatever the case of its letters.';
const isProtected = 'The segment mirrors a subscription category.';

/** List segments (contract 4.12). */
export const listGroups = {
  name: 'listGroups',
  access: 'readContacts',
  tag: 'Segments',
  summary: 'List segments',
  description: 'Segments ascending by id, up to 500 if nothing else is asked.',
  query: { schema: groupsQuery, read: parseGroupsQuery },
  answer: groupsResponse,
} as const satisfies OperationDefinition;

/** List the contacts of a segment (contract 4.12). */
export const listGroupContacts = {
  name: 'listGroupContacts',
  access: 'readContacts',
  tag: 'Segments',
  summary: 'List the contacts of a segment',
  description:
    'Contacts without their segments, ascending by id. A page resumes where the page before it, of the same key, ended, so that contacts that join or leave in between move no other contact to another page.',
  path: { id: segmentId },
  query: { schema: contactRowsQuery, read: parseGroupContactsQuery },
  answer: contactRowsResponse,
  headers: groupContactsHeaders,
} as const satisfies OperationDefinition;

/** Attach contacts to a static segment (contract 4.12). */
export const attachContacts = {
  name: 'attachContacts',
  access: 'writeContacts',
  tag: 'Segments',
  summary: 'Attach contacts to a static segment',
  description: 'Puts up to 500 contacts into a segment, all by `contactIds` or all by `externalCustomerIds`.',
  path: { id: segmentId },
  body: { schema: contactNamesRequest, read: parseContactNames },
  maxBodyBytes: addressesBodyBytes,
  answer: attachedResponse,
} as const satisfies OperationDefinition;

/** Delete contacts from a static segment (contract 4.12). */
export const detachContacts = {
  name: 'detachContacts',
  access: 'writeContacts',
  tag: 'Segments',
  summary: 'Delete contacts from a static segment',
  description:
    'Takes up to 500 contacts out of a segment; without a body or with `{}` all of them at once, however many they are. The contacts stay in the account. A list that is empty is refused.',
  path: { id: segmentId },
  body: { schema: contactNamesRequest, read: parseDetached },
  maxBodyBytes: addressesBodyBytes,
  isBodyOptional: true,
  answer: detachedResponse,
} as const satisfies OperationDefinition;

/** List segments with their sizes. */
export const listSegments = {
  name: 'listSegments',
  access: 'adminRead',
  tag: 'Groups',
  summary: 'List segments with their sizes',
  description: 'Segments ascending by id, each with the number of its contacts.',
  list: { name: 'segments', byDefault: 20, most: 100 },
  answer: segmentResponse,
} as const satisfies OperationDefinition;

/** Create a segment. */
export const createSegment = {
  name: 'createSegment',
  access: 'adminChange',
  tag: 'Groups',
  summary: 'Create a segment',
  description: 'Makes a static segment. Imports and subscriptions make the segments that they name by themselves.',
  body: segmentRequest,
  answer: segmentResponse,
  conflict: nameTaken,
} as const satisfies OperationDefinition;

/** Rename a segment. */
export const renameSegment = {
  name: 'renameSegment',
  access: 'adminChange',
  tag: 'Groups',
  summary: 'Rename a segment',
  description: 'Gives a segment another name; its old one is free at once.',
  path: { id: segmentId },
  body: segmentRequest,
  answer: segmentResponse,
  conflict: 'Another segment has the name, or the segment mirrors a subscription category.',
} as const satisfies OperationDefinition;

/** Delete a segment. */
export const deleteSegment = {
  name: 'deleteSegment',
  access: 'adminChange',
  tag: 'Groups',
  summary: 'Delete a segment',
  description: 'Removes a segment; its name is free at once, its contacts stay in the account.',
  path: { id: segmentId },
  answer: 'nothing',
  conflict: isProtected,
} as const satisfies OperationDefinition;
