import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '#infra/local/start-local-stack.ts';
import { seedKey } from '../../cli/seed-key.ts';
import { noteRefusal, watchPermissions } from './watched-stacks.ts';

/** A request to the stack's API; `body` is sent as JSON unless it is text. */
export interface TestRequest {
  readonly body?: unknown;
  /** The API key; the seeded one where absent, none where empty. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the API answered; `json` is undefined where the body is no JSON. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

/** An event as `GET /admin/v1/events` lists it. */
export type ListedEvent = z.infer<typeof eventPage>['items'][number];

/** A running stack with what flow tests do all the time. */
export interface TestStack extends LocalStack {
  request(method: string, path: string, request?: TestRequest): Promise<TestAnswer>;
  /** All events of a type, from every page of the log. */
  events(filter?: { type?: string; keyValue?: string }): Promise<ListedEvent[]>;
}

/** The key that a test stack knows. */
export const testKey = 'local-key';

/** Starts the product on a free port, in memory, with a key. */
export const startTestStack = async (options: LocalStackOptions = {}): Promise<TestStack> => {
  const stack = await startLocalStack({ port: 0, onRefused: noteRefusal, ...options });
  watchPermissions(stack.permissions);
  await seedKey(stack.environment, testKey);
  const request: TestStack['request'] = (method, path, given = {}) => call(stack.url, method, path, given);
  return { ...stack, request, events: (filter = {}) => listEvents(request, filter) };
};

const call = async (url: string, method: string, path: string, { body, key = testKey, headers }: TestRequest) => {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(key !== '' && { authorization: `Basic ${Buffer.from(`:${key}`).toString('base64')}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  // As it came: a byte order mark is part of a file that is sent again.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, text, json: parseJson(text) };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const eventPage = z.object({
  items: z.array(
    z.object({
      eventId: z.string(),
      eventTypeKey: z.string(),
      keyValue: z.string(),
      contactId: z.number().optional(),
      params: z.record(z.string(), z.unknown()),
      occurredAt: z.string(),
      origin: z.string().optional(),
    }),
  ),
  cursor: z.string().optional(),
});

const listEvents = async (request: TestStack['request'], filter: Record<string, string>): Promise<ListedEvent[]> => {
  const events: ListedEvent[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const query = new URLSearchParams({ ...filter, limit: '500', ...(cursor !== '' && { cursor }) });
    const page = eventPage.parse((await request('GET', `/admin/v1/events?${query}`)).json);
    events.push(...page.items);
    cursor = page.cursor;
  }
  return events;
};

/**
 * Asks for a fact until it holds and returns it; `undefined` and `false` mean not yet. Throws after the deadline,
 * naming the fact. It waits longer than the asking takes, so that what it waits for has the processor for most of the time.
 */
export const waitFor = async <Fact>(
  what: string,
  fact: () => Promise<Fact | undefined | false> | Fact | undefined | false,
  deadlineSeconds = 20,
): Promise<Fact> => {
  const deadline = Date.now() + deadlineSeconds * 1000;
  for (;;) {
    const asked = Date.now();
    const found = await fact();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`It did not happen within ${deadlineSeconds} s: ${what}`);
    await pause(Math.min(Math.max(25, 3 * (Date.now() - asked)), 500));
  }
};
