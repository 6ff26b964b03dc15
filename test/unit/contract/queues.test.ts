import { expect, it } from 'vitest';
import * as queues from '#contract/queues.ts';

const sessionId = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';
const event = {
  eventId: 'subscribeFromApi:7',
  eventTypeKey: 'subscribeFromApi',
  keyValue: '7',
  contactId: 7,
  params: { ContactId: 7, EmailAddress: 'john@example.com' },
  occurredAt: '2026-01-05T09:00:00.000Z',
};
const file = { key: 'uploads/one', size: 10 };

it.each([
  [queues.chunks, { sessionId, number: 3 }],
  [queues.failedChunks, { sessionId, number: 3 }],
  [queues.splits, { sessionId, file }],
  [queues.failedUploads, { sessionId }],
  [queues.predictions, { sessionId }],
  [queues.predictions, { sessionId, from: 2, overlay: { prefix: 'predictions/', parts: 1 } }],
  [queues.subscriptions, { contactId: 7, token: 'request-1', segmentIds: [3], event }],
  [queues.erasures, { erasures: [{ contactId: 7, fingerprints: ['a'] }] }],
  [queues.erasures, { erasures: [], cursor: 'later' }],
  [queues.segmentLeftovers, { segmentId: 3, segmentName: 'VIP', epoch: 1 }],
  [queues.segmentLeftovers, { segmentId: 3, segmentName: 'VIP', epoch: 1, cursor: 'c', isLast: true }],
  [queues.messages, { requestId: 'one' }],
  [queues.segmentMessages, { requestId: 'one', cursor: 'c' }],
])('a job of the queue %j is read as it was sent, and nothing else is', ({ read }, job) => {
  expect(read(JSON.parse(JSON.stringify(job)))).toStrictEqual(job);
  for (const other of [
    null,
    'text',
    [],
    { ...job, sessionId: 7, erasures: 1, requestId: 1, segmentId: 'x', token: 1 },
  ]) {
    expect(() => read(other)).toThrow();
  }
});
