import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { eventLogOn } from '#aws/events/event-log.ts';
import { environmentNames } from '#names/environment.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const detail = {
  eventId: 'event-1',
  eventTypeKey: 'newContact',
  keyValue: 'john@example.com',
  contactId: 7,
  params: { contactId: 7, EmailAddress: 'john@example.com', SMS: '' },
  occurredAt: '2026-01-05T09:00:00.000Z',
};
const recordOf = (messageId: string, body: unknown) =>
  ({ messageId, body: JSON.stringify(body), attributes: {} }) as SQSEvent['Records'][number];
const busEventOf = (about: object) => ({
  id: 'envelope',
  version: '0',
  account: '123456789012',
  region: 'eu-central-1',
  resources: [],
  source: 'rollcall',
  'detail-type': 'newContact',
  time: '2026-01-05T09:00:00Z',
  detail: { ...detail, ...about },
});

test('every event of a batch is kept, and a message that is none comes back alone', async () => {
  const client = new DynamoDBClient(clientFor(engine));
  const tableName = await createTable(client);
  const { region, credentials } = clientFor(engine);
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', engine.endpoint);
  vi.stubEnv(environmentNames.tableName, tableName);
  vi.stubEnv(environmentNames.eventRetentionDays, '36500');
  vi.stubEnv(environmentNames.defaultCountry, 'UA');
  vi.stubEnv(environmentNames.junkRule, '{"junkValues":[],"realValues":[]}');
  const { handler } = await import('../../../../functions/log-events/handler.ts');

  const answer = await handler({
    Records: [
      recordOf('first', busEventOf({})),
      recordOf('broken', { detail: 'nothing' }),
      recordOf('again', busEventOf({})),
      recordOf('second', busEventOf({ eventId: 'event-2' })),
    ],
  });

  const log = eventLogOn(client, tableName, { retentionDays: 36_500 });
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'broken' }] });
  expect((await log.list({}, { limit: 10 })).items).toEqual([{ ...detail, eventId: 'event-2' }, detail]);
});
