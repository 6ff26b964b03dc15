import { readCountJob } from './counts/count-job.ts';
import { readErasureJob } from './erasure/erasure-job.ts';
import { readPublishedEvent } from './events/published-event.ts';
import { readFetchJob } from './files/fetch-job.ts';
import { readFailedUpload, readSplitJob } from './files/file-jobs.ts';
import { readChunkJob, readPredictionJob, readUndoJob } from './imports/import-jobs.ts';
import { parseDelivery } from './messages/delivery-event.ts';
import { readMessageJob, readSegmentSendingJob } from './messages/message-jobs.ts';
import { readLeftovers } from './segments/leftovers-job.ts';
import { readPromisedSubscription } from './subscriptions/promised-subscription.ts';
import { subscriptionPublished } from './subscriptions/subscription-published.ts';

/**
 * A queue of the stage: what is put into it by whom, and which function takes it out. Functions are named by their folders
 * under `functions/`; a test compares the template with this table.
 */
export interface QueueDefinition {
  /** Its name within the stage. */
  readonly name: string;
  /** The functions that send to it, if any do. */
  readonly producers?: readonly string[];
  /** What a rule of a bus puts into it, if one does. */
  readonly events?: string;
  /** The queues whose messages it takes once they failed too often. */
  readonly givenUpFrom?: readonly string[];
  readonly consumer: string;
  /** Makes a job of the JSON of a message; throws if the message says nothing of the kind. */
  readonly read: (body: unknown) => unknown;
}

/** Parts of imports that are to be imported. */
export const chunks = {
  name: 'chunks',
  producers: ['add-contacts', 'split-upload', 'fail-upload', 'sweep-unfinished', 'resume-import', 'cancel-import'],
  consumer: 'import-chunk',
  read: readChunkJob,
} as const satisfies QueueDefinition;

/** Chunks that failed for good, whose import is to be ended. */
export const failedChunks = {
  name: 'failed-chunks',
  producers: ['sweep-unfinished'],
  givenUpFrom: ['chunks'],
  consumer: 'fail-chunk',
  read: readChunkJob,
} as const satisfies QueueDefinition;

/** Files that are to be fetched from a link, or lie in the bucket already. */
export const fetches = {
  name: 'uploads-fetch',
  producers: ['upload-contacts', 'import-upload', 'fetch-upload', 'resume-import', 'cancel-import'],
  consumer: 'fetch-upload',
  read: readFetchJob,
} as const satisfies QueueDefinition;

/** Files in the bucket that are to be cut into chunks. */
export const splits = {
  name: 'uploads-split',
  producers: ['fetch-upload', 'split-upload', 'sweep-unfinished', 'resume-import', 'cancel-import'],
  consumer: 'split-upload',
  read: readSplitJob,
} as const satisfies QueueDefinition;

/** Files that could be neither fetched nor cut, whose import is to be ended. */
export const failedUploads = {
  name: 'failed-uploads',
  producers: ['sweep-unfinished'],
  givenUpFrom: ['uploads-fetch', 'uploads-split', 'dry-runs'],
  consumer: 'fail-upload',
  read: readFailedUpload,
} as const satisfies QueueDefinition;

/** Files of which every row is to be told what an import would do. */
export const predictions = {
  name: 'dry-runs',
  producers: ['split-upload', 'predict-import', 'sweep-unfinished', 'resume-import', 'cancel-import'],
  consumer: 'predict-import',
  read: readPredictionJob,
} as const satisfies QueueDefinition;

/** Imports that are to be undone, from a chunk on downwards. */
export const undos = {
  name: 'undos',
  producers: ['cancel-import', 'resume-import', 'undo-import', 'undo-rows'],
  consumer: 'undo-rows',
  read: readUndoJob,
} as const satisfies QueueDefinition;

/** New subscribers, who are checked after a while: if their request crashed, their event is published then. */
export const subscriptions = {
  name: 'subscriptions',
  producers: ['subscribe-contact'],
  consumer: 'publish-subscription',
  read: readPromisedSubscription,
} as const satisfies QueueDefinition;

/** Subscriptions whose address is to be confirmed, off the bus. */
export const confirmations = {
  name: 'confirmations',
  events: '`subscribeFromApi` and `subscribeUpdateFromApi`, of any form',
  consumer: 'send-confirmation',
  read: subscriptionPublished,
} as const satisfies QueueDefinition;

/** Every event of the bus, for the event log. */
export const loggedEvents = {
  name: 'event-log',
  events: 'every event of Rollcall',
  consumer: 'log-events',
  read: readPublishedEvent,
} as const satisfies QueueDefinition;

/** Every event of the bus, for the workflows that it may launch. */
export const workflowEvents = {
  name: 'workflow-events',
  events: 'every event of Rollcall',
  consumer: 'launch-workflows',
  read: readPublishedEvent,
} as const satisfies QueueDefinition;

/** Erased contacts whose traces are to be wiped. */
export const erasures = {
  name: 'erasures',
  producers: ['delete-contact', 'delete-external-contact', 'erase-traces', 'undo-rows', 'sweep-unfinished'],
  consumer: 'erase-traces',
  read: readErasureJob,
} as const satisfies QueueDefinition;

/** Segments that were emptied or deleted, whose memberships are to be removed. */
export const segmentLeftovers = {
  name: 'segment-leftovers',
  producers: ['detach-contacts', 'delete-segment', 'empty-segment'],
  consumer: 'empty-segment',
  read: readLeftovers,
} as const satisfies QueueDefinition;

/** Messages to one person that are to be sent. */
export const messages = {
  name: 'messages',
  producers: ['send-email', 'send-sms', 'send-stored-message', 'smart-send', 'run-workflow', 'sweep-unfinished'],
  consumer: 'send-message',
  read: readMessageJob,
} as const satisfies QueueDefinition;

/** Messages to the contacts of a segment, page by page. */
export const segmentMessages = {
  name: 'segment-messages',
  producers: ['send-email', 'send-sms', 'send-stored-message', 'smart-send', 'send-to-segment', 'sweep-unfinished'],
  consumer: 'send-to-segment',
  read: readSegmentSendingJob,
} as const satisfies QueueDefinition;

/** What Amazon SES and AWS End User Messaging say of messages, and what people answer to SMS. */
export const deliveries = {
  name: 'deliveries',
  events: 'what Amazon SES and AWS End User Messaging say of messages, and answers to SMS',
  consumer: 'note-delivery',
  read: parseDelivery,
} as const satisfies QueueDefinition;

/** What happened to contacts and messages, to be counted. */
export const counts = {
  name: 'counts',
  producers: [
    'add-contact',
    'add-contacts',
    'add-orders',
    'confirm-contact',
    'count-contacts',
    'delete-contact',
    'delete-external-contact',
    'erase-traces',
    'import-chunk',
    'note-delivery',
    'resend-confirmation',
    'restore-contact',
    'run-workflow',
    'send-confirmation',
    'send-email',
    'send-sms',
    'send-stored-message',
    'smart-send',
    'subscribe-contact',
    'undo-rows',
  ],
  consumer: 'count-contacts',
  read: readCountJob,
} as const satisfies QueueDefinition;
