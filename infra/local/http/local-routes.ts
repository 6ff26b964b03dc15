import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { routes } from '#names/routes.ts';
import { type GatewayAnswer, gatewayMessage } from './gateway-answer.ts';
import { splitUrl } from './request-event.ts';

/** A route that only the local stack has. */
export interface LocalRoute {
  readonly path: string;
  /** The path of a GET route of the API that says who may ask: whoever it refuses gets its refusal. */
  readonly guard: string;
  answer(query: URLSearchParams): Promise<GatewayAnswer>;
}

/** The local route that a request asks for, with or without a trailing slash. */
export const localRouteOf = (localRoutes: readonly LocalRoute[], request: IncomingMessage): LocalRoute | undefined => {
  const path = splitUrl(request.url ?? '/').rawPath.replace(/\/$/, '');
  return request.method === 'GET' ? localRoutes.find((route) => route.path === path) : undefined;
};

/** `GET /admin/v1/mailbox`: the messages that the stack sent, out of the SES engine. */
export const mailboxRoute = (sesEndpoint: string): LocalRoute => ({
  path: '/admin/v1/mailbox',
  guard: routes.listFields.paths[0],
  answer: async (query) => {
    const limit = Number(query.get('limit') ?? defaultLimit);
    const skipped = Number(query.get('cursor') ?? 0);
    if (!isCount(limit) || limit < 1 || limit > mostItems || !isCount(skipped)) {
      return gatewayMessage(400, `limit must be 1 to ${mostItems}, and cursor that of the page before`);
    }
    const messages = await readMessages(sesEndpoint);
    const end = skipped + limit;
    const body = { items: messages.slice(skipped, end), ...(end < messages.length && { cursor: String(end) }) };
    return { status: 200, headers: { 'content-type': 'application/json;charset=UTF-8' }, body: JSON.stringify(body) };
  },
});

const defaultLimit = 50;
const mostItems = 500;

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const engineStore = z.object({
  emails: z.array(
    z.object({
      destination: z.object({ to: z.array(z.string()) }),
      subject: z.string(),
      body: z.object({ html: z.string().default(''), text: z.string().default('') }),
      at: z.number(),
    }),
  ),
});

/** Newest first; the engine has them in the order in which they were sent. */
const readMessages = async (sesEndpoint: string) => {
  const { emails } = engineStore.parse(await (await fetch(`${sesEndpoint}/store`)).json());
  return emails.toReversed().map(({ destination, subject, body: { html, text }, at }) => ({
    to: destination.to.join(', '),
    subject,
    html,
    text,
    sentAt: new Date(at * 1000).toISOString(),
  }));
};
