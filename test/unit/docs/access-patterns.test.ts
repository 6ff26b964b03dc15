import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { indexKeys, keys } from '#aws/table/keys.ts';

const document = readFileSync(new URL('../../../docs/access-patterns.md', import.meta.url), 'utf8');
const event = {
  eventId: 'e',
  eventTypeKey: 'newContact',
  keyValue: 'k',
  contactId: 1,
  params: {},
  occurredAt: '2026-01-05T09:00:00.000Z',
};
const chunk = { sessionId: 's', number: 1 };

const spelled = {
  contact: { ...keys.contact(1), directoryKey: indexKeys.directory(0) },
  membership: {
    ...keys.membership({ contactId: 1, segmentId: 2, epoch: 1 }),
    ...indexKeys.membership({ contactId: 1, segmentId: 2, epoch: 1 }),
  },
  identity: keys.identity({ type: 'EMAIL', value: 'a' }),
  segment: { ...keys.segment(1), ...indexKeys.segment(1) },
  category: keys.category('news'),
  listingPlace: keys.listingPlace('caller', 500),
  segmentName: keys.segmentName('a'),
  sequence: keys.sequence('contact'),
  field: keys.field({ group: 'g', key: 'k' }),
  apiKey: keys.apiKey('h'),
  keyUse: keys.keyUse('h', 'm'),
  signingKey: keys.signingKey,
  confirmationMail: keys.confirmationMail('h'),
  confirmation: keys.confirmation({ addressHash: 'h', contactId: 1 }),
  message: keys.message('r'),
  messageOfContact: keys.messageOfContact({ contactId: 1, requestId: 'r' }),
  messageContent: keys.messageContent('c'),
  template: keys.template(1),
  templateVersion: keys.templateVersion({ templateId: 1, version: 1 }),
  importSession: keys.importSession('s'),
  chunk: keys.chunk(chunk),
  openChunk: keys.openChunk(chunk),
  creations: keys.creations('s', 'n'),
  eventOf: { pk: keys.eventOf(1, event).pk },
  eventType: keys.eventType('k'),
  workflow: keys.workflow('w'),
  workflowVersion: keys.workflowVersion('w', 1),
  run: keys.run('r'),
  runEntry: { ...keys.runEntry('r'), ...indexKeys.run({ runId: 'r', workflowId: 'w', startedAt: 't' }) },
  stepWrite: keys.stepWrite('r', 's'),
  runOf: { pk: keys.runOf(1, { runId: 'r', startedAt: 't' }).pk },
  launchClaim: keys.launchClaim('w', 'h'),
  launchCount: keys.launchCount('w', 'h', 't'),
  launchOf: { pk: keys.launchOf(1, 'w', 'h').pk },
  awaited: { pk: keys.awaited({ contactId: 1, eventType: 'e', runId: 'r' }).pk },
  suppression: keys.suppression('h'),
  event: {
    pk: keys.event(event).pk,
    groupKey: indexKeys.event(event).groupKey,
    timeKey: indexKeys.event(event).timeKey,
  },
};

test.each(
  Object.entries(spelled).flatMap(([item, parts]) =>
    Object.entries(parts)
      .filter(([, key]) => /^[A-Z]/.test(key))
      .map(([part, key]) => [item, part, key.replace(/#.*$/, '#')] as const),
  ),
)('the document spells the key of a %s, its %s, as the table does: %s', (_item, _part, beginning) => {
  expect(document).toContain(`\`${beginning}`);
});
