import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { WebError } from '#domain/web/web-error.ts';
import { type AddressRules, checkedAddresses, isAllowedAddress, notPublic, type Resolve } from './checked-addresses.ts';
import { isSameAddress } from './public-address.ts';
import { timeoutOf } from './timeout.ts';

/** Begins to connect to an IP address. */
export type Dial = (address: string, port: number) => Socket;

/** How sockets come about. */
export interface Connecting extends AddressRules {
  readonly resolve: Resolve;
  readonly dial: Dial;
}

/** Dials over TCP. */
export const dialTcp: Dial = (host, port) => connectSocket({ host, port });

/** How long connecting may take, the lookup included. */
export interface ConnectTime {
  readonly milliseconds: number;
  /** Gives up earlier. */
  readonly signal: AbortSignal;
}

/** More addresses of one host are not tried. */
const maxAddresses = 4;

/**
 * A connected socket to a URL's host, with TLS if the URL says so. The host is looked up once, and the socket goes to
 * an address that was checked: a name that leads elsewhere a moment later changes nothing.
 * @throws WebError.
 */
export const connectTo = async (url: URL, connecting: Connecting, time: ConnectTime): Promise<Socket> => {
  const signal = AbortSignal.any([time.signal, timeoutOf(time.milliseconds, notReachedInTime)]);
  const addresses = await unlessAborted(checkedAddresses(url, connecting.resolve, connecting), signal);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  let failure: unknown = new WebError('UNREACHABLE', notReached);
  const tried = addresses.slice(0, maxAddresses);
  for (const address of tried) {
    // One that does not answer leaves time for the next.
    const share = timeoutOf(time.milliseconds / tried.length, notReachedInTime);
    try {
      const inTime = AbortSignal.any([signal, share]);
      const socket = await connected(connecting.dial(address, port), inTime);
      ensureAt(socket, address, connecting);
      return url.protocol === 'https:' ? await secured(socket, url, inTime) : socket;
    } catch (error) {
      failure = error;
      if (signal.aborted || !(error instanceof WebError) || !error.isTransient) break;
    }
  }
  throw failure;
};

const notReached = "The link's server could not be reached";

const notReachedInTime = `${notReached} in time`;

const unlessAborted = async <Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> => {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

const connected = (socket: Socket, signal: AbortSignal): Promise<Socket> =>
  ready(socket, 'connect', signal, () => new WebError('UNREACHABLE', notReached));

/** Certificates are checked for the name in the link, whatever the environment of the process says. */
const secured = (socket: Socket, { hostname }: URL, signal: AbortSignal): Promise<Socket> => {
  const host = hostname.replace(/^\[|\]$/g, '');
  const secure = connectTls({
    socket,
    host,
    ...(isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: true,
  });
  return ready(secure, 'secureConnect', signal, () =>
    secure.authorizationError
      ? new WebError('UNTRUSTED', "The certificate of the link's server cannot be trusted")
      : new WebError('UNREACHABLE', notReached),
  );
};

/** Before a byte is sent: the socket must be connected to the address that was checked. */
const ensureAt = (socket: Socket, address: string, rules: AddressRules): void => {
  const { remoteAddress = '' } = socket;
  if (isSameAddress(remoteAddress, address) && isAllowedAddress(remoteAddress, rules)) return;
  socket.destroy();
  throw remoteAddress === '' ? new WebError('UNREACHABLE', notReached) : notPublic();
};

const ready = <Kind extends Socket>(
  socket: Kind,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
  failureOf: (error: Error) => WebError,
): Promise<Kind> =>
  new Promise((resolve, reject) => {
    const settle = (error?: unknown) => {
      signal.removeEventListener('abort', abort);
      socket.off('error', fail).off(event, succeed);
      // What happens to the socket from here on shows in what reads from it.
      socket.on('error', () => {});
      if (error === undefined) return resolve(socket);
      socket.destroy();
      reject(error);
    };
    const abort = () => settle(signal.reason);
    const fail = (error: Error) => settle(failureOf(error));
    const succeed = () => settle();
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort);
    socket.once('error', fail).once(event, succeed);
  });
