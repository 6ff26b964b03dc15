import { validateHeaderName, validateHeaderValue } from 'node:http';
import { type Link, type LinkRules, readLink } from '#domain/files/link.ts';
import type { Web, WebAnswer, WebLimits, WebRequest } from '#domain/web/ports.ts';
import { WebError } from '#domain/web/web-error.ts';
import { type AddressRules, resolveBySystem } from './checked-addresses.ts';
import { type Connecting, connectTo, dialTcp } from './connect.ts';
import { exchange } from './exchange.ts';
import { timeoutOf } from './timeout.ts';

/** What a deployment lets callers link to, and for tests how names are looked up and sockets opened. */
export interface WebOptions extends LinkRules, AddressRules, Partial<Pick<Connecting, 'resolve' | 'dial'>> {}

/** A link that is redirected more often than this leads nowhere. */
const maxRedirects = 5;

/**
 * The guarded way to servers that callers name. Proxies of the environment are not used, no cookies are kept, and every
 * connection is new.
 */
export const guardedWeb = ({ resolve = resolveBySystem, dial = dialTcp, ...rules }: WebOptions): Web => {
  const connecting: Connecting = { ...rules, resolve, dial };
  const sendTo = (link: Link, request: Omit<WebRequest, 'link'>, signal: AbortSignal) =>
    sendOnce(link, request, { connecting, signal });

  return {
    send: async ({ link, ...request }) => sendTo(readLink(link, rules), request, deadlineOf(request.limits)),

    get: async ({ link, ...request }) => {
      const signal = deadlineOf(request.limits);
      const first = readLink(link, rules);
      let target = first;
      for (let redirects = 0; redirects <= maxRedirects; redirects++) {
        const headers = isOf(first, target) ? request.headers : harmless(request.headers);
        const answer = await sendTo(target, { ...request, ...(headers && { headers }) }, signal);
        const location = redirectOf(answer);
        if (location === undefined) return answer;
        answer.discard();
        target = withCredentials(readLink(resolved(location, target), rules), first);
      }
      throw new WebError('TOO_MANY_REDIRECTS', `The link was redirected more than ${maxRedirects} times`);
    },
  };
};

const deadlineOf = ({ totalMilliseconds }: WebLimits): AbortSignal =>
  timeoutOf(totalMilliseconds, 'The whole request took too long');

interface Way {
  readonly connecting: Connecting;
  readonly signal: AbortSignal;
}

const sendOnce = async (
  link: Link,
  { method = 'GET', headers = {}, limits, ...rest }: Omit<WebRequest, 'link'>,
  { connecting, signal }: Way,
): Promise<WebAnswer> => {
  const url = new URL(link.url);
  const sent = headersOf(link, headers);
  const socket = await connectTo(url, connecting, { signal, milliseconds: limits.connectMilliseconds });
  return exchange(socket, { ...rest, method, limits, url, headers: sent, signal });
};

/**
 * What the caller named, without what belongs to the connection, and the credentials of the link.
 * @throws WebError BAD_REQUEST if a header would end early or begin another.
 */
const headersOf = ({ credentials }: Link, named: Readonly<Record<string, string>>): Record<string, string> => {
  const headers = Object.entries(named).filter(([name]) => !connectionHeaders.has(name.toLowerCase()));
  for (const header of headers) ensureSendable(header);
  const isAuthorized = headers.some(([name]) => name.toLowerCase() === 'authorization');
  return {
    'User-Agent': 'Rollcall',
    Accept: '*/*',
    'Accept-Encoding': 'identity',
    ...Object.fromEntries(headers),
    ...(credentials && !isAuthorized && { Authorization: basicOf(credentials) }),
  };
};

const ensureSendable = ([name, value]: readonly [string, string]): void => {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    throw new WebError('BAD_REQUEST', 'The request has a header that cannot be sent');
  }
};

const connectionHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What another origin than the one that the caller named may see. */
const harmless = (headers: WebRequest['headers'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /^(accept.*|range|if-range)$/i.test(name)));

const basicOf = ({ user, password }: { readonly user: string; readonly password: string }): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const redirectOf = ({ status, headers: { location } }: WebAnswer): string | undefined =>
  location !== undefined && [301, 302, 303, 307, 308].includes(status) ? asWritten(location) : undefined;

/** Node reads headers as latin1, and most servers write paths as UTF-8 in them. */
const asWritten = (header: string): string => {
  const text = Buffer.from(header, 'latin1').toString('utf8');
  return text.includes('\uFFFD') ? header : text;
};

/** A redirect may be relative; what it leads to is then read like any link. */
const resolved = (location: string, { url }: Link): string => {
  const isAbsolute = /^[a-z][a-z0-9+.-]*:/i.test(location);
  const href = isAbsolute ? location : URL.parse(location, url)?.href;
  if (href === undefined) throw new WebError('LINK_REFUSED', 'The link was redirected to a malformed one');
  return href;
};

/** A redirect's own credentials are not used: a server would have us log in elsewhere. */
const withCredentials = ({ url, origin }: Link, first: Link): Link => ({
  url,
  origin,
  ...(isOf(first, { origin }) && first.credentials && { credentials: first.credentials }),
});

/** Whether a redirect leads to the server that the caller named, perhaps from `http:` to `https:`. */
const isOf = (first: Link, { origin }: Pick<Link, 'origin'>): boolean =>
  origin === first.origin || origin === first.origin.replace(/^http:/, 'https:');
