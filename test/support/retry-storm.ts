import { type Route, routes } from '#names/routes.ts';
import { randomSeries } from './fault-proxy.ts';
import { type TestStack, waitFor } from './local-stack.ts';
import { sized } from './soak.ts';

interface Sending {
  readonly method: string;
  readonly path: string;
}

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What makes it another request than all others of the stack. */
  readonly name: string;
}

const random = randomSeries(17);

/** A function that holds a request when it dies keeps it for half a minute, so that functions die only where there is time. */
const share = sized(0, 1 / 3);

/** Writes that are sent three times: all take twice the time. */
const stormed = sized(1 / 6, 1);

/** Whose answers hold a secret, so that they are given once and not told a repeat. */
const answeredOnce = ['POST /admin/v1/keys'];

/** Whether a request is a write that is sent in a storm; one that names itself is left alone. */
export const isStormed = ({ method, path, headers }: Sending & Pick<Sent, 'headers'>): boolean => {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const isWrite = method !== 'GET' && /^\/(api|admin)\//.test(path) && names.includes('authorization');
  const isSecret = answeredOnce.includes(`${method} ${path}`);
  return isWrite && !isSecret && !names.includes('idempotency-key') && random() < stormed;
};

/**
 * Sends a write three times at once under one name, while its function may die, and again until it has its answer: every
 * answer is that one, or says that the request is being worked on.
 */
export const askInStorm = async (stack: TestStack, { method, path }: Sending, { headers, body, name }: Sent) => {
  const named = { ...headers, 'idempotency-key': Buffer.from(name).toString('base64url') };
  const send = () => stack.request(method, path, { key: '', headers: named, ...(body !== undefined && { body }) });
  const sent = [send(), send(), send()];
  const [operation] = operationsOf(method, path);
  if (operation && random() < share) await stack.fn(functionOf(operation)).kill();
  const answers = (await Promise.all(sent)).filter((answer) => !isToCome(answer));
  const [first] = answers.length > 0 ? answers : [await answerOf(send)];
  if (!first) throw new Error(`${method} ${path} was not answered`);
  for (const other of answers) {
    if (withoutTime(other) !== withoutTime(first)) {
      throw new Error(`${method} ${path} was answered ${first.status} ${first.text} and ${other.status} ${other.text}`);
    }
  }
  return first;
};

type Answer = Awaited<ReturnType<TestStack['request']>>;

const answerOf = (send: () => Promise<Answer>): Promise<Answer> =>
  waitFor(
    'a request whose function died is worked on again',
    async () => {
      const answer = await send();
      return !isToCome(answer) && answer;
    },
    120,
  );

const isToCome = (answer: Answer): boolean =>
  answer.status >= 500 || answer.status === 429 || codeOf(answer) === 'REQUEST_UNDER_WAY';

const codeOf = ({ json }: Answer): unknown =>
  typeof json === 'object' && json !== null && 'code' in json ? json.code : undefined;

const withoutTime = ({ status, text }: Answer): string => `${status} ${text.replaceAll(/"timestamp":"[^"]*"/g, '')}`;

const operationsOf = (method: string, path: string): [string, Route][] =>
  Object.entries<Route>(routes).filter(
    ([, route]) =>
      route.method === method &&
      route.paths.some((one) => {
        const parts = one.split('/');
        const given = path.split('?')[0]?.replace(/\/$/, '').split('/') ?? [];
        return parts.length === given.length && parts.every((part, at) => part.startsWith('{') || part === given[at]);
      }),
  );

const functionOf = ([name, { sharedFunction = name }]: [string, Route]): string =>
  sharedFunction.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
