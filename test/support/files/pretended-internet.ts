import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import type { WebLimits } from '#domain/web/ports.ts';
import type { Resolve } from '#web/checked-addresses.ts';
import type { Dial } from '#web/connect.ts';

/** Limits that no honest server on this machine comes near. */
export const patientLimits: WebLimits = {
  connectMilliseconds: 10_000,
  answerMilliseconds: 10_000,
  idleMilliseconds: 10_000,
  totalMilliseconds: 20_000,
  maxBytes: 1_000_000,
};

/** A public address that leads to a server of the test. */
export const publicAddress = '93.184.215.14';

/** Another one. */
export const otherPublicAddress = '198.35.26.96';

/** Where a socket must never arrive: it counts who comes, at both loopback addresses of one port. */
export const startTrap = async () => {
  let arrivals = 0;
  const count = () =>
    createTcpServer((socket) => {
      arrivals++;
      socket.on('error', () => {}).end('HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret');
    });
  const first = await listening(count(), 0, '127.0.0.1');
  const { port } = first.address() as AddressInfo;
  const others = [await listening(count(), port, '::1').catch(() => undefined)];
  return {
    port,
    arrivals: () => arrivals,
    stop: async () => {
      for (const server of [first, ...others]) server?.close();
    },
  };
};

/** A server that plays every public host there is, by path. */
export const startPublicServer = async (answer: Parameters<typeof createServer>[1]): Promise<Server> =>
  listening(createServer(answer), 0, '127.0.0.1');

/**
 * Dials as the product does, but for public addresses, which lead to the server of the test as if it were there.
 * Everything else is really dialled.
 */
export const pretendedDial = (server: Server): { dial: Dial; dialled: string[] } => {
  const dialled: string[] = [];
  return {
    dialled,
    dial: (address, port) => {
      dialled.push(address);
      if (![publicAddress, otherPublicAddress].includes(address)) return connect({ host: address, port });
      const socket = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
      Object.defineProperty(socket, 'remoteAddress', { value: address });
      return socket;
    },
  };
};

/** Names as the test has them; of several lists the first answer comes first, and the last one for ever. */
export const resolveFrom = (names: Readonly<Record<string, readonly (readonly string[])[]>>) => {
  const asked = new Map<string, number>();
  const resolve: Resolve = async (hostname) => {
    const answers = names[hostname];
    const turn = asked.get(hostname) ?? 0;
    asked.set(hostname, turn + 1);
    const found = answers?.[Math.min(turn, answers.length - 1)];
    if (!found) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' });
    return found;
  };
  return { resolve, timesAsked: (hostname: string) => asked.get(hostname) ?? 0 };
};

const listening = <Kind extends TcpServer>(server: Kind, port: number, host: string): Promise<Kind> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve(server));
  });
