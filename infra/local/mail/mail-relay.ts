import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Publish } from '../bus/publish.ts';
import type { Engine } from '../engine/engine.ts';
import { listenOn } from '../engine/listen.ts';
import { readBody } from '../engine/read-body.ts';
import { tokenBucket } from '../engine/token-bucket.ts';
import { quotas } from '../quota/quotas.ts';
import type { MailEventsPlan } from './event-destination.ts';
import { eventsOf, sentMailSchema } from './events-of-mail.ts';

/** The mail engine with what it lacks before it: what is said of each e-mail on the default bus. */
export interface MailRelay extends Engine {
  /** From now on these events go to the bus; before, none do. */
  open(plans: readonly MailEventsPlan[]): void;
}

/** Amazon SES takes 40 MB. */
const maxBodyBytes = 40 * 1024 * 1024;

const isSending = ({ method, url }: IncomingMessage): boolean =>
  method === 'POST' && url?.startsWith('/v2/email/outbound-emails') === true;

const tooFast = {
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'TooManyRequestsException' },
  body: JSON.stringify({ message: 'Maximum sending rate exceeded.' }),
};

/** Starts a relay before the mail engine. */
export const startMailRelay = async (
  engineEndpoint: string,
  publish: Publish,
  { isNewAccount }: { readonly isNewAccount: boolean },
): Promise<MailRelay> => {
  const perSecond = quotas.mailsPerSecond.limit;
  const rate = isNewAccount ? tokenBucket({ perSecond, burst: perSecond }, () => performance.now()) : undefined;
  let plans: readonly MailEventsPlan[] = [];

  const tell = async (sent: Buffer, answer: string): Promise<void> => {
    const { MessageId: messageId = '' } = JSON.parse(answer) as { MessageId?: string };
    const mail = { ...sentMailSchema.parse(JSON.parse(sent.toString())), messageId, sentAt: new Date().toISOString() };
    const types = plans
      .filter((plan) => plan.configurationSet === mail.ConfigurationSetName)
      .flatMap((plan) => plan.eventTypes);
    const wanted = eventsOf(mail).filter(({ eventType }) => types.includes(eventType));
    await publish(wanted.map(({ detailType, detail }) => ({ source: 'aws.ses', detailType, detail })));
  };

  const relay = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, maxBodyBytes);
    if (!body) return void response.writeHead(413).end();
    const { method = 'GET', url = '/', headers } = request;
    if (isSending(request) && rate?.take(1) === false) {
      return void response.writeHead(429, tooFast.headers).end(tooFast.body);
    }
    const { host: _, connection: _connection, 'content-length': _length, ...others } = headers;
    const engine = await fetch(`${engineEndpoint}${url}`, {
      method,
      headers: others as Record<string, string>,
      ...(method !== 'GET' && method !== 'HEAD' && { body: new Uint8Array(body) }),
    });
    const answer = await engine.text();
    response.writeHead(engine.status, { 'content-type': engine.headers.get('content-type') ?? 'application/json' });
    response.end(answer);
    if (engine.ok && isSending(request)) await tell(body, answer);
  };

  const server = createServer((request, response) => {
    relay(request, response).catch(() => {
      if (response.headersSent) response.end();
      else response.writeHead(500).end();
    });
  });
  const port = await listenOn(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    open: (given) => {
      plans = given;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
