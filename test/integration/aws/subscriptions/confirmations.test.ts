import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { apiKeyStore } from '#aws/keys/api-key-store.ts';
import { confirmationMailsOn } from '#aws/subscriptions/confirmation-mails.ts';
import { confirmationsOn } from '#aws/subscriptions/confirmations.ts';
import { mailerOn } from '#aws/subscriptions/mailer.ts';
import { signerOn } from '#aws/subscriptions/signer.ts';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import type { ConfirmationMails, Confirmations } from '#domain/subscriptions/ports.ts';
import { startSes } from '#infra/local/mail/ses.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { startFaultProxy } from '#test/support/fault-proxy.ts';
import { memoryConfirmationMails, memoryConfirmations } from '#test/support/memory/memory-confirmations.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

let dynamoDb: Engine;
let ses: Engine;
beforeAll(async () => {
  [dynamoDb, ses] = await Promise.all([startDynamoDb(), startSes()]);
});
afterAll(() => Promise.all([dynamoDb.stop(), ses.stop()]));

const openTable = async () => {
  const client = new DynamoDBClient(clientFor(dynamoDb));
  return { client, tableName: await createTable(client) };
};

const still = async () => {};
const noon = '2026-11-05T12:00:00.000Z';

describe('the signing key', () => {
  test('is made once, however many sign first at the same time', async () => {
    const { client, tableName } = await openTable();
    const signers = Array.from({ length: 20 }, () => signerOn(client, tableName));

    const signatures = await Promise.all(signers.map((signer) => signer.sign('text')));

    expect(new Set(signatures).size).toBe(1);
    expect(signatures[0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  test('tells its signatures from any other, and signs nothing where it does not exist', async () => {
    const { client, tableName } = await openTable();
    const signer = signerOn(client, tableName);
    const anywhere = await signerOn(client, (await openTable()).tableName).sign('text');

    expect(await signer.isSigned('text', anywhere)).toBe(false);
    const own = await signer.sign('text');

    expect(await signer.isSigned('text', own)).toBe(true);
    expect(await signer.isSigned('test', own)).toBe(false);
    expect(await signer.isSigned('text', anywhere)).toBe(false);
    expect(await signer.isSigned('text', own.slice(1))).toBe(false);
    expect(await signer.isSigned('text', '')).toBe(false);
  });

  test('is another one when it was removed, as everybody knows within a minute', async () => {
    const { client, tableName } = await openTable();
    let now = Date.parse(noon);
    const signer = signerOn(client, tableName, () => now);
    const before = await signer.sign('text');
    await client.send(
      new DeleteItemCommand({ TableName: tableName, Key: { pk: { S: 'SIGNINGKEY' }, sk: { S: 'SIGNINGKEY' } } }),
    );

    expect(await signer.isSigned('text', before)).toBe(true);
    now += 60_000;

    expect(await signer.isSigned('text', before)).toBe(false);
    expect(await signer.sign('text')).not.toBe(before);
  });
});

const mails: Record<string, () => Promise<ConfirmationMails>> = {
  memory: async () => memoryConfirmationMails(new Map(), still),
  DynamoDB: async () => {
    const { client, tableName } = await openTable();
    return confirmationMailsOn(client, tableName);
  },
};

const attempt = (attemptId: string, now = noon) => ({
  attemptId,
  now,
  until: hoursAfter(now, 1 / 60),
  enoughSince: hoursAfter(now, -72),
});

describe.each(Object.entries(mails))('messages lately sent, in %s', (_, open) => {
  test('one attempt at a time holds an address, until it gives it back or its time is over', async () => {
    const sent = await open();

    const first = [await sent.begin('a', attempt('1')), await sent.begin('a', attempt('2'))];
    await sent.abandon('a', '2');
    first.push(await sent.begin('a', attempt('3')));
    await sent.abandon('a', '1');
    first.push(await sent.begin('a', attempt('4')));
    const later = await sent.begin('a', attempt('5', hoursAfter(noon, 1 / 60)));

    expect(first).toEqual(['begun', 'busy', 'busy', 'begun']);
    expect(later).toBe('begun');
  });

  test('of many attempts at once one begins', async () => {
    const sent = await open();

    const verdicts = await Promise.all(Array.from({ length: 20 }, (_, id) => sent.begin('a', attempt(String(id)))));

    expect(verdicts.filter((verdict) => verdict === 'begun')).toHaveLength(1);
  });

  test('a message is enough for 72 hours, for its address only', async () => {
    const sent = await open();
    await sent.begin('a', attempt('1'));
    await sent.noteSent('a', noon);

    expect(await sent.begin('a', attempt('2', hoursAfter(noon, 71.9)))).toBe('sent');
    expect(await sent.begin('b', attempt('3'))).toBe('begun');
    expect(await sent.begin('a', attempt('4', hoursAfter(noon, 72)))).toBe('begun');
  });
});

const rounds: Record<string, () => Promise<Confirmations>> = {
  memory: async () => memoryConfirmations(new Map(), still),
  DynamoDB: async () => {
    const { client, tableName } = await openTable();
    return confirmationsOn(client, tableName, () => Date.parse(noon));
  },
};

describe.each(Object.entries(rounds))('confirmations, in %s', (_, open) => {
  const key = { contactId: 7, addressHash: 'a' };
  const issuedAt = hoursAfter(noon, -1);

  test('one is under way until it is finished, whoever presses', async () => {
    const confirmations = await open();

    const first = await confirmations.begin(key, { startedAt: noon, issuedAt });
    const second = await confirmations.begin(key, { startedAt: hoursAfter(noon, 1), issuedAt });
    await confirmations.finish(key, first, hoursAfter(noon, 2));
    await confirmations.finish(key, first, hoursAfter(noon, 3));

    expect([first, second]).toEqual([{ startedAt: noon }, { startedAt: noon }]);
    expect(await confirmations.find(key)).toEqual({ startedAt: noon, finishedAt: hoursAfter(noon, 2) });
    expect(await confirmations.find({ ...key, contactId: 8 })).toBeUndefined();
  });

  test('a link from before the end is spent, and one from after it begins anew', async () => {
    const confirmations = await open();
    const first = await confirmations.begin(key, { startedAt: noon, issuedAt });
    const finishedAt = hoursAfter(noon, 2);
    await confirmations.finish(key, first, finishedAt);
    const startedAt = hoursAfter(noon, 9);

    expect(await confirmations.begin(key, { startedAt, issuedAt: finishedAt })).toEqual({
      startedAt: noon,
      finishedAt,
    });
    expect(await confirmations.begin(key, { startedAt, issuedAt: hoursAfter(noon, 3) })).toEqual({ startedAt });
    await confirmations.finish(key, first, hoursAfter(noon, 10));
    expect(await confirmations.find(key)).toEqual({ startedAt });
  });
});

test('a forgotten confirmation begins anew, even before DynamoDB has deleted it', async () => {
  const { client, tableName } = await openTable();
  let now = Date.parse(noon);
  const confirmations = confirmationsOn(client, tableName, () => now);
  const key = { contactId: 7, addressHash: 'a' };
  await confirmations.begin(key, { startedAt: noon, issuedAt: noon });
  now += 32 * 86_400_000;
  const startedAt = new Date(now).toISOString();

  expect(await confirmations.find(key)).toBeUndefined();
  expect(await confirmations.begin(key, { startedAt, issuedAt: startedAt })).toEqual({ startedAt });
});

describe.each([
  ['memory', async () => memoryPorts().apiKeys],
  [
    'DynamoDB',
    async () => {
      const { client, tableName } = await openTable();
      return apiKeyStore(client, tableName);
    },
  ],
])('the uses of a key, in %s', (_, open) => {
  test('are counted one by one, for each minute apart, and are no keys', async () => {
    const apiKeys = await open();

    const uses = await Promise.all(Array.from({ length: 10 }, () => apiKeys.countUse('a', '2026-11-05T12:00')));

    expect(uses.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await apiKeys.countUse('a', '2026-11-05T12:01')).toBe(1);
    expect(await apiKeys.countUse('b', '2026-11-05T12:00')).toBe(1);
    expect(await apiKeys.list()).toEqual([]);
  });
});

const engineStore = z.object({
  emails: z.array(z.looseObject({ from: z.string(), destination: z.object({ to: z.array(z.string()) }) })),
});

/** Every message that the engine took, in order. */
const taken = async () => engineStore.parse(await (await fetch(`${ses.endpoint}/store`)).json()).emails;

describe('messages through Amazon SES', () => {
  const sender = { name: 'Магазин "Сад"', address: 'owner@example.com', configurationSet: 'rollcall-test' };
  const message = { to: 'john@example.com', subject: 'Підтвердьте', html: '<p>é</p>', text: 'é' };

  test('arrive with sender, both bodies and a header that silences holiday notices', async () => {
    const mailer = mailerOn(new SESv2Client(clientFor(ses)), sender);

    await mailer.send(message);

    expect((await taken()).at(-1)).toMatchObject({
      from: `=?UTF-8?B?${Buffer.from(sender.name).toString('base64')}?= <owner@example.com>`,
      destination: { to: ['john@example.com'] },
      subject: 'Підтвердьте',
      body: { html: '<p>é</p>', text: 'é' },
      headers: [{ name: 'Auto-Submitted', value: 'auto-generated' }],
    });
  });

  test('are sent again where Amazon SES asks to slow down', async () => {
    const proxy = await startFaultProxy('ses', ses.endpoint, { seed: 3, rate: 0.5, lostAnswers: 0 });
    const mailer = mailerOn(new SESv2Client(clientFor({ ...ses, endpoint: proxy.endpoint })), {
      ...sender,
      name: 'Garden "& Co"',
    });

    await Promise.all(Array.from({ length: 10 }, () => mailer.send({ ...message, to: 'jane@example.com' })));
    await proxy.stop();

    const toJane = (await taken()).filter(({ destination }) => destination.to.includes('jane@example.com'));
    expect(toJane).toHaveLength(10);
    expect(toJane[0]?.from).toBe('"Garden \\"& Co\\"" <owner@example.com>');
    expect(proxy.counts.refused).toBeGreaterThan(0);
  });
});
