import type { Contact } from '#domain/contacts/contact.ts';
import { type Identity, identityKey } from '#domain/contacts/identity.ts';
import type { Report } from '#domain/counts/count-job.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import type { ImportSession } from '#domain/imports/import-session.ts';
import type { UndoNote } from '#domain/imports/undo.ts';
import type { NamedRequest } from '#domain/keys/kept-request.ts';
import { placeOf } from '#domain/messages/activity.ts';
import type { Message } from '#domain/messages/message.ts';
import type { Membership } from '#domain/segments/ports.ts';
import type { SegmentEpoch } from '#domain/segments/segment.ts';
import type { ConfirmationKey } from '#domain/subscriptions/ports.ts';
import type { SweepName } from '#domain/sweep.ts';
import type { WorkNote } from '#domain/unfinished.ts';
import type { Expectation } from '#domain/workflows/ports.ts';
import type { WorkflowRun } from '#domain/workflows/workflow-run.ts';
import { table } from '#names/table.ts';

/** Every key of the table, spelled once; `docs/access-patterns.md` says who asks for what. */
export const keys = {
  contact: (id: number) => ({ pk: `CONTACT#${id}`, sk: 'CONTACT' }),
  /** The contact and its memberships together. */
  contactPartition: (id: number) => `CONTACT#${id}`,
  membershipPrefix: 'SEGMENT#',
  membership: ({ contactId, segmentId, epoch }: Membership) => ({
    pk: `CONTACT#${contactId}`,
    sk: `SEGMENT#${segmentId}#${epoch}`,
  }),
  identity: (identity: Identity) => ({ pk: identityKey(identity), sk: 'IDENTITY' }),
  segment: (id: number) => ({ pk: `${table.segmentPrefix}${id}`, sk: 'SEGMENT' }),
  segmentName: (nameKey: string) => ({ pk: `${table.segmentNamePrefix}${nameKey}`, sk: 'SEGMENTNAME' }),
  categoryPartition: 'SUBSCRIPTIONS',
  category: (key: string) => ({ pk: 'SUBSCRIPTIONS', sk: `CATEGORY#${key}` }),
  listingPlace: (listing: string, skip: number) => ({ pk: `LISTING#${listing}`, sk: `FROM#${padded(skip, 10)}` }),
  sequence: (name: SequenceName) => ({ pk: `SEQUENCE#${name}`, sk: 'SEQUENCE' }),
  fieldPartition: table.fieldPartition,
  field: ({ group, key }: { group: string; key: string }) => ({
    pk: table.fieldPartition,
    sk: `FIELD#${group}#${key}`,
  }),
  apiKeyPartition: table.apiKeyPartition,
  apiKey: (hash: string) => ({ pk: table.apiKeyPartition, sk: `KEY#${hash}` }),
  keyUse: (hash: string, window: string) => ({ pk: `${table.keyUsePrefix}${hash}`, sk: `SINCE#${window}` }),
  keptRequest: ({ keyHash, nameHash }: NamedRequest) => ({
    pk: `${table.keyUsePrefix}${keyHash}`,
    sk: `REQUEST#${nameHash}`,
  }),
  signingKey: { pk: table.signingKeyPartition, sk: 'SIGNINGKEY' },
  confirmationMail: (addressHash: string) => ({ pk: `CONFIRM#${addressHash}`, sk: 'MAIL' }),
  confirmation: ({ addressHash, contactId }: ConfirmationKey) => ({
    pk: `CONFIRM#${addressHash}`,
    sk: `CONTACT#${contactId}`,
  }),
  proposalPartition: (contactId: number) => `PROPOSAL#${contactId}`,
  proposal: ({ addressHash, contactId }: ConfirmationKey) => ({
    pk: keys.proposalPartition(contactId),
    sk: `ADDRESS#${addressHash}`,
  }),
  importPartition: (sessionId: string) => `${table.importPrefix}${sessionId}`,
  importSession: (sessionId: string) => ({ pk: keys.importPartition(sessionId), sk: 'IMPORT' }),
  chunkPrefix: 'CHUNK#',
  chunk: ({ sessionId, number }: ChunkName) => ({
    pk: keys.importPartition(sessionId),
    sk: `CHUNK#${padded(number, 8)}`,
  }),
  openChunkPrefix: 'OPEN#',
  openChunk: ({ sessionId, number }: ChunkName) => ({
    pk: keys.importPartition(sessionId),
    sk: `OPEN#${padded(number, 8)}`,
  }),
  /** How many contacts there are, and what happened on a day. */
  countsPartition: table.countsPartition,
  countsOfAll: { pk: table.countsPartition, sk: 'TOTAL' },
  countsOfDay: (day: string) => ({ pk: table.countsPartition, sk: `DAY#${day}` }),
  dayOfCounts: (sk: string) => sk.slice('DAY#'.length),
  countedBlock: (number: number) => ({ pk: `${table.countedPrefix}${number}`, sk: 'BLOCK' }),
  countedReport: ({ id, kind }: Pick<Report, 'id' | 'kind'>) => ({ pk: `${table.countedPrefix}${id}`, sk: kind }),
  sweepMark: (sweep: SweepName) => ({ pk: table.sweepPartition, sk: `MARK#${sweep}` }),
  unfinishedPartition: (shard: number) => `${table.unfinishedPrefix}${shard}`,
  /** In the order in which they are due. */
  unfinished: ({ id, dueAt, work: { kind } }: UnfinishedName) => ({
    pk: keys.unfinishedPartition(shardOf(id)),
    sk: `${dueAt}#${kind}#${id}`,
  }),
  /** Keeps a session open while its file is fetched and read: no chunk has the number 0. */
  openSplit: (sessionId: string) => keys.openChunk({ sessionId, number: 0 }),
  split: (sessionId: string) => ({ pk: keys.importPartition(sessionId), sk: 'SPLIT' }),
  undoNotesOf: (contactId: number) => `UNDONE#${contactId}`,
  undoNote: ({ contactId, sessionId }: Pick<UndoNote, 'contactId' | 'sessionId'>) => ({
    pk: `UNDONE#${contactId}`,
    sk: `IMPORT#${sessionId}`,
  }),
  parked: (sessionId: string) => ({ pk: keys.importPartition(sessionId), sk: 'PARKED' }),
  fetch: (sessionId: string) => ({ pk: keys.importPartition(sessionId), sk: 'FETCH' }),
  upload: (uploadId: string) => ({ pk: `${table.uploadPrefix}${uploadId}`, sk: 'UPLOAD' }),
  creationPartition: (token: string) => `CREATIONS#${token}`,
  creations: (token: string, noteId: string) => ({ pk: `CREATIONS#${token}`, sk: `NOTE#${noteId}` }),
  suppression: (hash: string) => ({ pk: `${table.suppressionPrefix}${hash}`, sk: 'SUPPRESSION' }),
  message: (requestId: string) => ({ pk: `MESSAGE#${requestId}`, sk: 'MESSAGE' }),
  messageContent: (contentId: string) => ({ pk: `CONTENT#${contentId}`, sk: 'CONTENT' }),
  messagesOfContact: (contactId: number) => `MESSAGESOF#${contactId}`,
  messageOfContact: ({ contactId, requestId }: Pick<Message, 'contactId' | 'requestId'>) => ({
    pk: `MESSAGESOF#${contactId}`,
    sk: `MESSAGE#${requestId}`,
  }),
  templatePartition: 'TEMPLATES',
  template: (id: number) => ({ pk: 'TEMPLATES', sk: `TEMPLATE#${padded(id, 16)}` }),
  templateVersion: ({ templateId, version }: { templateId: number; version: number }) => ({
    pk: `TEMPLATE#${templateId}`,
    sk: `VERSION#${padded(version, 8)}`,
  }),
  eventPartition: (keyValue: string) => `EVENTKEY#${keyValue}`,
  event: (event: EventName) => ({ pk: `EVENTKEY#${event.keyValue}`, sk: eventSort(event) }),
  eventTypePartition: 'EVENTTYPES',
  eventType: (key: string) => ({ pk: 'EVENTTYPES', sk: `TYPE#${key}` }),
  order: (externalOrderId: string) => ({ pk: `ORDER#${externalOrderId}`, sk: 'ORDER' }),
  orderPublished: (externalOrderId: string) => ({ pk: `ORDER#${externalOrderId}`, sk: 'TOLD' }),
  ordersOf: (contactId: number) => `ORDERSOF#${contactId}`,
  orderOf: (contactId: number, id: number) => ({ pk: `ORDERSOF#${contactId}`, sk: `ORDER#${padded(id, 16)}` }),
  /** Of a contact, or of a fingerprint if the contact was unknown. */
  eventsOf: (whose: number | string) => `EVENTSOF#${whose}`,
  eventOf: (whose: number | string, event: EventName) => ({ pk: `EVENTSOF#${whose}`, sk: eventSort(event) }),
  workflowPartition: 'WORKFLOWS',
  workflow: (id: string) => ({ pk: 'WORKFLOWS', sk: `WORKFLOW#${id}` }),
  workflowVersion: (id: string, version: number) => ({ pk: `WORKFLOW#${id}`, sk: `VERSION#${padded(version, 8)}` }),
  run: (runId: string) => ({ pk: `RUN#${runId}`, sk: 'RUN' }),
  runEntry: (runId: string) => ({ pk: `RUN#${runId}`, sk: 'ENTRY' }),
  /** That a step of a run has written what must not be written twice. */
  stepWrite: (runId: string, stepId: string) => ({ pk: `RUN#${runId}`, sk: `WROTE#${stepId}` }),
  /** Of a contact, or of a fingerprint if the contact was unknown. */
  runsOf: (whose: number | string) => `RUNSOF#${whose}`,
  runOf: (whose: number | string, run: RunName) => ({ pk: `RUNSOF#${whose}`, sk: runSort(run) }),
  launchClaim: (workflowId: string, keyHash: string) => ({ pk: `LAUNCH#${workflowId}#${keyHash}`, sk: 'CLAIM' }),
  launchCount: (workflowId: string, keyHash: string, hour: string) => ({
    pk: `LAUNCH#${workflowId}#${keyHash}`,
    sk: `HOUR#${hour}`,
  }),
  launchesOf: (contactId: number) => `LAUNCHESOF#${contactId}`,
  launchOf: (contactId: number, workflowId: string, keyHash: string) => ({
    pk: `LAUNCHESOF#${contactId}`,
    sk: `${workflowId}#${keyHash}`,
  }),
  awaitedBy: (contactId: number) => `AWAITED#${contactId}`,
  awaitedPrefix: (eventType: string) => `${eventType}#`,
  awaited: ({ contactId, eventType, runId }: Expectation) => ({
    pk: `AWAITED#${contactId}`,
    sk: `${eventType}#${runId}`,
  }),
} as const;

/** Every key of the indexes. */
export const indexKeys = {
  directory: (shard: number) => `CONTACTS#${shard}`,
  /** An erased contact is in no list. */
  contact: ({ id, state, firstName, lastName }: Pick<Contact, 'id' | 'state' | 'firstName' | 'lastName'>) =>
    state === 'erased'
      ? {}
      : {
          directoryKey: indexKeys.directory(shardOf(String(id))),
          directorySort: indexKeys.inDirectory(id),
          ...(firstName !== undefined && { directoryFirstName: firstName.toLowerCase() }),
          ...(lastName !== undefined && { directoryLastName: lastName.toLowerCase() }),
        },
  inDirectory: (contactId: number) => padded(contactId, 16),
  membersOf: ({ segmentId, epoch }: SegmentEpoch, shard: number) => `SEGMENT#${segmentId}#${epoch}#${shard}`,
  member: (contactId: number) => padded(contactId, 16),
  /** A hidden membership is in no list. */
  membership: (membership: Membership) =>
    membership.isHidden
      ? {}
      : {
          groupKey: indexKeys.membersOf(membership, shardOf(String(membership.contactId))),
          groupSort: indexKeys.member(membership.contactId),
        },
  segments: 'SEGMENTS',
  segment: (id: number) => ({ groupKey: indexKeys.segments, groupSort: padded(id, 16) }),
  eventsOfType: (eventTypeKey: string, shard: number) => `EVENT#${eventTypeKey}#${shard}`,
  events: (shard: number) => `EVENT#${shard}`,
  /** From which sort key and until which one events occurred, or something was heard of messages, from and until a time, which are included. */
  eventsFrom: (time: string) => `${time}#`,
  eventsUntil: (time: string) => `${time}#\u{10FFFF}`,
  event: (event: ContactEvent) => ({
    groupKey: indexKeys.eventsOfType(event.eventTypeKey, shardOf(event.eventId)),
    groupSort: eventSort(event),
    timeKey: indexKeys.events(shardOf(event.eventId)),
    timeSort: eventSort(event),
  }),
  messages: (shard: number) => `MESSAGE#${shard}`,
  /** A message is listed from when something was first heard of it. */
  message: (message: Pick<Message, 'requestId' | 'statusAt'>) => ({
    timeKey: indexKeys.messages(shardOf(message.requestId)),
    timeSort: placeOf(message),
  }),
  imports: 'IMPORT',
  importSession: ({ createdAt, sessionId }: ImportSession) => ({
    timeKey: indexKeys.imports,
    timeSort: `${createdAt}#${sessionId}`,
  }),
  runs: (shard: number) => `RUN#${shard}`,
  runsOfWorkflow: (workflowId: string, shard: number) => `RUN#${workflowId}#${shard}`,
  run: (run: RunName & { readonly workflowId: string }) => ({
    groupKey: indexKeys.runsOfWorkflow(run.workflowId, shardOf(run.runId)),
    groupSort: runSort(run),
    timeKey: indexKeys.runs(shardOf(run.runId)),
    timeSort: runSort(run),
  }),
} as const;

/** What has ids of its own. */
export type SequenceName = 'contact' | 'segment' | 'field' | 'order' | 'template';

/** Partitions that one busy index key is spread over, so that a million rows into one segment heat none of them. */
export const shardCount = 16;

/** Every shard number. */
export const shards: readonly number[] = Array.from({ length: shardCount }, (_, shard) => shard);

type EventName = Pick<ContactEvent, 'eventId' | 'keyValue' | 'occurredAt'>;

type RunName = Pick<WorkflowRun, 'runId' | 'startedAt'>;

const runSort = ({ startedAt, runId }: RunName): string => `${startedAt}#${runId}`;

type UnfinishedName = Pick<WorkNote, 'id' | 'dueAt'> & { readonly work: Pick<WorkNote['work'], 'kind'> };

interface ChunkName {
  readonly sessionId: string;
  readonly number: number;
}

const eventSort = ({ occurredAt, eventId }: Omit<EventName, 'keyValue'>): string => `${occurredAt}#${eventId}`;

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** FNV-1a: the same text always lands on the same shard, and neighbours do not land together. */
const shardOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return ((hash ^ (hash >>> 16)) >>> 0) % shardCount;
};
