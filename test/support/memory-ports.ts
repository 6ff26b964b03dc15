import { rememberEventTypes } from '#aws/events/event-type-memory.ts';
import { rememberFields } from '#aws/fields/field-memory.ts';
import { rememberCategories } from '#aws/subscriptions/category-memory.ts';
import type { Ambient } from '#domain/ambient.ts';
import type { Creation, ListingPlace } from '#domain/contacts/ports.ts';
import type { ErasureJob } from '#domain/erasure/erasure.ts';
import type { ContactEvent, LoggedEvent } from '#domain/events/event.ts';
import type { EventType } from '#domain/events/event-type.ts';
import type { CustomField } from '#domain/fields/custom-field.ts';
import type { SplitJob } from '#domain/files/upload.ts';
import type { ChunkJob, UndoJob } from '#domain/imports/ports.ts';
import type { Overlay, PredictionJob } from '#domain/imports/prediction.ts';
import type { ApiKey } from '#domain/keys/api-key.ts';
import type { SegmentLeftovers } from '#domain/segments/segment.ts';
import type { KeptProposal } from '#domain/subscriptions/proposal.ts';
import type { PromisedSubscription } from '#domain/subscriptions/subscription-event.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import type { SweepName } from '#domain/sweep.ts';
import type { WorkNote } from '#domain/unfinished.ts';
import { memoryCreations } from '#test/support/memory/memory-creations.ts';
import { memoryProposals, memorySigner } from './memory/memory-confirmations.ts';
import {
  emptyContactState,
  memoryContactDirectory,
  memoryContactReader,
  memoryContacts,
} from './memory/memory-contacts.ts';
import { emptyCountState, memoryCounts } from './memory/memory-counts.ts';
import { memoryEventTypes, memoryPastEvents } from './memory/memory-events.ts';
import {
  emptyFetchState,
  memoryFetches,
  memoryOfferedFiles,
  memoryOfferedUploads,
  memoryPartialFiles,
  memorySealer,
} from './memory/memory-fetches.ts';
import { lineColumns, lineReader, memoryUploadedFiles } from './memory/memory-files.ts';
import { emptyImportState, memoryImportFiles, memoryImports, memoryUndoNotes } from './memory/memory-imports.ts';
import {
  emptyMessageState,
  memoryMessageCarrier,
  memoryMessageStore,
  memorySegmentSendings,
  memoryTemplates,
} from './memory/memory-message-store.ts';
import { memoryApiKeys, memoryEventBus, memoryEventLog, memoryOverlayFiles } from './memory/memory-messages.ts';
import { emptyOrderState, memoryOrders } from './memory/memory-orders.ts';
import { memoryDelayQueue, memoryQueue } from './memory/memory-queue.ts';
import {
  emptySegmentState,
  memoryCategories,
  memoryFields,
  memoryListingPlaces,
  memorySegmentMembers,
  memorySegments,
} from './memory/memory-segments.ts';
import { memorySuppressions } from './memory/memory-suppressions.ts';
import { memorySweepMarks } from './memory/memory-sweeps.ts';
import { memoryUnfinished } from './memory/memory-unfinished.ts';
import {
  emptyWorkflowState,
  memoryAwaitedEvents,
  memoryExecutions,
  memoryOnceWrites,
  memoryWebhooks,
  memoryWorkflowLaunches,
  memoryWorkflowRuns,
  memoryWorkflows,
} from './memory/memory-workflows.ts';
import type { Step } from './memory/step.ts';

export type { Step } from './memory/step.ts';

/** Everything that the ports in memory hold, for assertions and checkers. */
export const emptyMemory = () => ({
  ...emptyContactState(),
  ...emptyImportState(),
  ...emptyFetchState(),
  creations: new Map<string, Creation[]>(),
  ...emptySegmentState(),
  ...emptyOrderState(),
  fields: [] as CustomField[],
  published: [] as ContactEvent[],
  eventLog: new Map<string, LoggedEvent>(),
  eventTypes: new Map<string, EventType>(),
  promised: [] as PromisedSubscription[],
  suppressions: new Map<string, Suppression>(),
  proposals: new Map<string, KeptProposal>(),
  sentChunks: [] as ChunkJob[],
  sentSplits: [] as SplitJob[],
  sentPredictions: [] as PredictionJob[],
  overlays: new Map<string, Overlay>(),
  failedChunks: [] as ChunkJob[],
  undoJobs: [] as UndoJob[],
  failedUploads: [] as { readonly sessionId: string }[],
  sweepMarks: new Map<SweepName, string>(),
  unfinished: new Map<string, WorkNote>(),
  ...emptyCountState(),
  sentErasures: [] as (ErasureJob & { delaySeconds: number })[],
  places: new Map<string, ListingPlace>(),
  sentLeftovers: [] as (SegmentLeftovers & { delaySeconds: number })[],
  deadLetters: [] as ChunkJob[],
  apiKeys: new Map<string, ApiKey>(),
  ...emptyMessageState(),
  ...emptyWorkflowState(),
});

/** What the ports in memory share. */
export type Memory = ReturnType<typeof emptyMemory>;

/**
 * Every port in memory. `step` is awaited before each single item operation, so that a scheduler decides who goes next
 * and a `step` that throws is a crash at that point; several writers share one `memory` with a `step` each.
 */
export const memoryPorts = ({
  step = async () => {},
  memory = emptyMemory(),
}: {
  step?: Step;
  memory?: Memory;
} = {}) => ({
  memory,
  contacts: memoryContacts(memory, step),
  creations: memoryCreations(memory.creations, step),
  contactReader: memoryContactReader(memory, step),
  contactDirectory: memoryContactDirectory(memory, step),
  segments: memorySegments(memory, step),
  segmentMembers: memorySegmentMembers(memory.memberships, step),
  categories: memoryCategories(memory, step),
  categoryMemory: rememberCategories(memoryCategories(memory, step)),
  listingPlaces: memoryListingPlaces(memory.places, step),
  leftoverQueue: memoryDelayQueue(memory.sentLeftovers, step, 'sendLeftovers'),
  fields: memoryFields(memory.fields, step),
  fieldMemory: rememberFields(memoryFields(memory.fields, step)),
  suppressions: memorySuppressions(memory.suppressions, step),
  proposals: memoryProposals(memory, step),
  signer: memorySigner(),
  subscriptionQueue: memoryQueue(memory.promised, step, ({ contactId }) => `promiseSubscription ${contactId}`),
  eventBus: memoryEventBus(memory.published, step),
  eventLog: memoryEventLog(memory.eventLog, step),
  eventTypes: memoryEventTypes(memory.eventTypes, step),
  eventTypeMemory: rememberEventTypes(memoryEventTypes(memory.eventTypes, step)),
  orders: memoryOrders(memory, step),
  pastEvents: memoryPastEvents(memory.eventLog, step),
  imports: memoryImports(memory, step),
  importFiles: memoryImportFiles(memory, step),
  undoNotes: memoryUndoNotes(memory, step),
  uploadedFiles: memoryUploadedFiles(memory.objects, step),
  ...lineReader,
  readColumns: lineColumns,
  defaultCountry: 'UA',
  chunkQueue: memoryQueue(memory.sentChunks, step, ({ number }) => `sendChunk ${number}`),
  undoQueue: memoryQueue(memory.undoJobs, step, ({ sessionId }) => `sendUndo ${sessionId}`),
  failedChunkQueue: memoryQueue(memory.failedChunks, step, ({ number }) => `sendChunk ${number}`),
  failedUploadQueue: memoryQueue(memory.failedUploads, step, ({ sessionId }) => `sendFailedUpload ${sessionId}`),
  sweepMarks: memorySweepMarks(memory.sweepMarks, step),
  unfinished: memoryUnfinished(memory.unfinished, step),
  backlog: { hasMessages: async () => false },
  erasureBacklog: { hasMessages: async () => false },
  splitQueue: memoryQueue(memory.sentSplits, step, ({ sessionId }) => `sendSplit ${sessionId}`),
  predictionQueue: memoryQueue(memory.sentPredictions, step, ({ sessionId }) => `sendPrediction ${sessionId}`),
  overlayFiles: memoryOverlayFiles(memory.overlays, step),
  fetches: memoryFetches(memory, step),
  fetchQueue: memoryQueue(memory.sentFetches, step, ({ session }) => `sendFetch ${session.sessionId}`),
  partialFiles: memoryPartialFiles(memory, step),
  sealer: memorySealer(step),
  unsubscribeLinkOf: (token: string) => `https://contacts.example/unsubscribe?t=${token}`,
  offeredUploads: memoryOfferedUploads(memory, step),
  offeredFiles: memoryOfferedFiles(memory, step),
  erasureQueue: memoryDelayQueue(memory.sentErasures, step, 'sendErasure'),
  countQueue: memoryDelayQueue(memory.toCount, step, 'tellCounts'),
  counts: memoryCounts(memory, step),
  deadLetterQueue: memoryQueue(memory.deadLetters, step, ({ number }) => `sendDeadLetter ${number}`),
  apiKeys: memoryApiKeys(memory.apiKeys, step),
  workflows: memoryWorkflows(memory, step),
  workflowRuns: memoryWorkflowRuns(memory, step),
  workflowLaunches: memoryWorkflowLaunches(memory, step),
  awaitedEvents: memoryAwaitedEvents(memory, step),
  onceWrites: memoryOnceWrites(memory, step),
  executions: memoryExecutions(memory, step),
  webhooks: memoryWebhooks(memory, step),
  messages: memoryMessageStore(memory, step),
  messageQueue: memoryQueue(memory.queuedMessages, step, ({ requestId }) => `queueMessage ${requestId}`),
  messageCarrier: memoryMessageCarrier(memory.carried, step),
  messageChannels: { missing: (): string | undefined => undefined },
  templates: memoryTemplates(memory, step),
  segmentSendings: memorySegmentSendings(memory, step),
  segmentSendingQueue: memoryQueue(memory.sentSendings, step, ({ requestId }) => `queueSending ${requestId}`),
  asksForConfirmation: true,
  confirmedSegment: 'Subscribers',
  linkDays: 7,
  publishesFieldChanges: false,
  publishesSegmentChanges: false,
  ...countedAmbient(),
});

/** All ports in memory. */
export type MemoryPorts = ReturnType<typeof memoryPorts>;

/** Time that moves a millisecond a look, ids that count, and pauses that end at once. */
const countedAmbient = (startedAt = '2026-01-05T09:00:00.000Z'): Ambient => {
  let looks = 0;
  let ids = 0;
  return {
    now: () => new Date(Date.parse(startedAt) + looks++).toISOString(),
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    pause: async () => {},
  };
};
