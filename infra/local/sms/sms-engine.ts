import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod';
import type { Publish } from '../bus/publish.ts';
import type { Engine } from '../engine/engine.ts';
import { listenOn } from '../engine/listen.ts';
import { readBody } from '../engine/read-body.ts';

const sendTextMessage = z.object({
  DestinationPhoneNumber: z.string().regex(/^\+\d{5,15}$/),
  OriginationIdentity: z.string().default(''),
  MessageBody: z.string().min(1).max(1600),
  Context: z.record(z.string(), z.string()).default({}),
});

/** An SMS that the engine took. */
export interface SentSms {
  readonly to: string;
  readonly from: string;
  readonly text: string;
  /** ISO 8601 in UTC. */
  readonly sentAt: string;
}

/** The SMS engine. It keeps what it took until it stops, and delivers nothing. */
export interface SmsEngine extends Engine {
  /** In the order in which they were sent. */
  sent(): readonly SentSms[];
  /** Takes a number with `+` that answers STOP on the list of those that it refuses, and one that answers START off it. */
  hear(from: string, text: string): void;
}

/** Starts an endpoint that speaks SendTextMessage of AWS End User Messaging; every SMS is reported as delivered. */
export const startSms = async (publish: Publish): Promise<SmsEngine> => {
  const taken: SentSms[] = [];
  const optedOut = new Set<string>();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const reply = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
    const body = await readBody(request, 1024 * 1024);
    if (request.headers['x-amz-target'] !== 'PinpointSMSVoiceV2.SendTextMessage') {
      reply(400, { __type: 'UnknownOperationException', message: 'Only SendTextMessage runs here' });
      return;
    }
    const sms = sendTextMessage.safeParse(JSON.parse(body?.toString() ?? '{}'));
    if (!sms.success) {
      const Fields = sms.error.issues.map(({ path, message }) => ({ Name: path.join('.'), Message: message }));
      reply(400, {
        __type: 'ValidationException',
        message: z.prettifyError(sms.error),
        Reason: 'FIELD_VALIDATION_FAILED',
        Fields,
      });
      return;
    }
    const { DestinationPhoneNumber: to, OriginationIdentity: from, MessageBody: text, Context: context } = sms.data;
    if (optedOut.has(to)) {
      const Reason = 'DESTINATION_PHONE_NUMBER_OPTED_OUT';
      reply(400, { __type: 'ConflictException', message: 'The number has opted out', Reason });
      return;
    }
    const messageId = randomUUID();
    taken.push({ to, from, text, sentAt: new Date().toISOString() });
    reply(200, { MessageId: messageId });
    const detail = {
      eventType: 'TEXT_DELIVERED',
      eventVersion: '1.0',
      eventTimestamp: Date.now(),
      isFinal: true,
      messageId,
      messageStatus: 'DELIVERED',
      context,
    };
    await publish([{ source: 'aws.sms-voice', detailType: 'Text Message Delivery Status Updated', detail }]);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.headersSent || response.writeHead(500).end());
  });
  const port = await listenOn(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    sent: () => taken,
    hear: (from, text) => {
      const keyword = text.trim().toUpperCase();
      if (keyword === 'STOP') optedOut.add(from);
      else if (keyword === 'START') optedOut.delete(from);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
