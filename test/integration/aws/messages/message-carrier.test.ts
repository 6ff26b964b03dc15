import { createServer } from 'node:http';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { messageCarrierOn } from '#aws/messages/message-carrier.ts';
import type { ServiceEvent } from '#infra/local/bus/publish.ts';
import { listenOn } from '#infra/local/engine/listen.ts';
import { startSes } from '#infra/local/mail/ses.ts';
import { type SmsEngine, startSms } from '#infra/local/sms/sms-engine.ts';
import { clientFor, type Engine } from '#test/support/engines.ts';
import { startFaultProxy } from '#test/support/fault-proxy.ts';

let ses: Engine;
let sms: SmsEngine;
const published: ServiceEvent[] = [];
beforeAll(async () => {
  [ses, sms] = await Promise.all([
    startSes(),
    startSms(async (events) => {
      published.push(...events);
    }),
  ]);
});
afterAll(() => Promise.all([ses.stop(), sms.stop()]));

const settings = {
  name: 'Магазин',
  address: 'owner@example.com',
  configurationSet: 'rollcall-test',
  smsSender: 'Shop',
};

const carrierOn = (engines: { ses?: Pick<Engine, 'endpoint'>; sms?: Pick<Engine, 'endpoint'> } = {}) =>
  messageCarrierOn(
    {
      ses: new SESv2Client(clientFor(engines.ses ?? ses)),
      sms: new PinpointSMSVoiceV2Client(clientFor(engines.sms ?? sms)),
    },
    settings,
  );

const store = z.object({ emails: z.array(z.looseObject({ from: z.string(), subject: z.string() })) });
const taken = async () => store.parse(await (await fetch(`${ses.endpoint}/store`)).json()).emails;

const email = { channel: 'email', requestId: 'request', to: 'john@example.com', from: {}, subject: 'Hello' } as const;
const text = { channel: 'sms', requestId: 'request', to: '380942583691', text: 'Привіт' } as const;

describe('e-mails', () => {
  test('come from the stage, or from what the message says', async () => {
    const carrier = carrierOn();

    await carrier.send({ ...email, text: 'plain' });
    await carrier.send({ ...email, from: { name: 'Shop', address: 'shop@example.com' }, html: '<p>rich</p>' });

    const [own, given] = (await taken()).slice(-2);
    expect(own).toMatchObject({
      from: `=?UTF-8?B?${Buffer.from(settings.name).toString('base64')}?= <owner@example.com>`,
      body: { text: 'plain' },
    });
    expect(given).toMatchObject({ from: '"Shop" <shop@example.com>', body: { html: '<p>rich</p>' } });
  });

  test('are answered to whom their caller asked for, where the stage does not send from there', async () => {
    await carrierOn().send({ ...email, from: { name: 'Shop', replyTo: 'noreply@shop.example' }, text: 'plain' });

    expect((await taken()).at(-1)).toMatchObject({
      from: '"Shop" <owner@example.com>',
      replyTo: ['noreply@shop.example'],
    });
  });

  test('say how to unsubscribe with one click where they are told to, and how nobody answers them', async () => {
    const link = `https://contacts.example.com/unsubscribe?t=${'x'.repeat(420)}.1`;

    await carrierOn().send({ ...email, text: 'plain', unsubscribeLink: link });
    await carrierOn().send({ ...email, text: 'plain' });

    const [bulk, single] = (await taken()).slice(-2);
    const automatic = { name: 'Auto-Submitted', value: 'auto-generated' };
    expect(bulk?.headers).toEqual([
      automatic,
      { name: 'List-Unsubscribe', value: `<${link}>` },
      { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
    ]);
    expect(single?.headers).toEqual([automatic]);
  });

  test('are sent again where Amazon SES asks to slow down', async () => {
    const proxy = await startFaultProxy('ses', ses.endpoint, { seed: 3, rate: 0.5, lostAnswers: 0 });
    const carrier = carrierOn({ ses: proxy });
    const subjects = Array.from({ length: 10 }, (_, index) => `Throttled ${index}`);

    const verdicts = await Promise.all(subjects.map((subject) => carrier.send({ ...email, subject, text: 'x' })));
    await proxy.stop();

    expect(verdicts).toEqual(subjects.map(() => 'accepted'));
    const sent = (await taken()).map(({ subject }) => subject).filter((subject) => subject.startsWith('Throttled'));
    expect(sent.toSorted()).toEqual(subjects);
    expect(proxy.counts.refused).toBeGreaterThan(0);
  });
});

describe('SMS', () => {
  test('come from the first sender of the stage, or from what the message says, and name the message', async () => {
    const carrier = carrierOn();

    await carrier.send(text);
    await carrier.send({ ...text, from: 'Other' });

    expect(sms.sent().slice(-2)).toMatchObject([
      { to: '+380942583691', from: 'Shop', text: 'Привіт' },
      { from: 'Other' },
    ]);
    expect(published.at(-1)?.detail).toMatchObject({ context: { sender: 'rollcall-test', requestId: 'request' } });
  });

  test('are sent again where the service asks to slow down', async () => {
    const proxy = await startFaultProxy('sms', sms.endpoint, { seed: 3, rate: 0.5, lostAnswers: 0 });
    const before = sms.sent().length;

    await Promise.all(Array.from({ length: 10 }, () => carrierOn({ sms: proxy }).send(text)));
    await proxy.stop();

    expect(sms.sent().length - before).toBe(10);
    expect(proxy.counts.refused).toBeGreaterThan(0);
  });

  test('that the service cannot take are refused for good, with the reason', async () => {
    const verdict = await carrierOn().send({ ...text, text: 'x'.repeat(1601) });

    expect(verdict).toEqual({ refused: expect.stringContaining('FIELD_VALIDATION_FAILED') });
  });
});

test('an SMS to a number that AWS has on its opt-out list is refused as one that answered STOP', async () => {
  sms.hear(`+${text.to}`, ' stop ');
  const refused = await carrierOn().send(text);
  sms.hear(`+${text.to}`, 'START');

  expect(refused).toEqual({ refused: 'The phone number has answered STOP', hasStopped: true });
  expect(await carrierOn().send(text)).toBe('accepted');
});

describe('what the services refuse', () => {
  const answering = async (type: string, body: object = {}, status = 400) => {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
      response.end(JSON.stringify({ __type: type, message: type, ...body }));
    });
    const port = await listenOn(server, 0);
    const stop = () => {
      server.closeAllConnections();
      server.close();
    };
    return { endpoint: `http://127.0.0.1:${port}`, stop };
  };

  test.each([
    ['a malformed e-mail', 'BadRequestException', {}, email],
    ['a country that is blocked', 'ValidationException', { Reason: 'DESTINATION_COUNTRY_BLOCKED' }, text],
  ] as const)('about %s is a verdict', async (_, type, body, message) => {
    const service = await answering(type, body);

    const verdict = await carrierOn({ ses: service, sms: service }).send({ ...message, text: 'x' });
    service.stop();

    expect(verdict).toEqual({ refused: expect.any(String) });
  });

  test.each([
    ['an account that may not send', 'SendingPausedException', {}, email],
    ['a sender that is not verified', 'MessageRejected', {}, email],
    ['a sender of SMS that does not exist', 'ResourceNotFoundException', {}, text],
    ['a sender id that is not registered', 'ValidationException', { Reason: 'SENDER_ID_NOT_REGISTERED' }, text],
  ] as const)('about %s is for a person to mend, so that nothing is lost meanwhile', async (_, type, body, message) => {
    const service = await answering(type, body);

    const sending = carrierOn({ ses: service, sms: service }).send({ ...message, text: 'x' });

    await expect(sending).rejects.toThrow();
    service.stop();
  });
});
