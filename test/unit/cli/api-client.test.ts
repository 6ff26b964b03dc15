import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { apiClient } from '../../../cli/api-client.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A client of a server that answers as it is told, once after the other, and as the last one says from then on. */
const clientOf = async (...answers: RequestListener[]) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(`${request.method} ${request.url}`);
    answer?.(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const pauses: number[] = [];
  const { port } = server.address() as AddressInfo;
  const client = apiClient(`http://127.0.0.1:${port}`, 'key', async (milliseconds) => void pauses.push(milliseconds));
  return { client, asked, pauses };
};

const lost: RequestListener = ({ socket }) => void socket.destroy();
const cutOff: RequestListener = ({ socket }, response) => {
  response.writeHead(200, { 'content-length': '9' });
  response.write('some', () => socket.destroy());
};
const fine: RequestListener = (_, response) => void response.end('\uFEFFfine');
const status =
  (code: number, body: object = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(code).end(JSON.stringify(body));

describe('a call that only reads', () => {
  test('is made again where the connection is lost, before or amid its answer', async () => {
    const { client, asked, pauses } = await clientOf(lost, cutOff, fine);

    const answer = await client.call('GET', '/rows');

    expect(answer.text).toBe('\uFEFFfine');
    expect([asked.length, pauses]).toEqual([3, [1000, 2000]]);
  });

  test('is given up after five attempts, and says why', async () => {
    const { client, asked } = await clientOf(lost);

    await expect(client.call('GET', '/rows')).rejects.toThrow(/cannot be reached \(/);
    expect(asked).toHaveLength(5);
  });
});

describe('a call that changes something', () => {
  test('is not made again where nobody knows whether it was done', async () => {
    const { client, asked } = await clientOf(lost, fine);

    await expect(client.call('POST', '/import')).rejects.toThrow('cannot be reached');
    expect(asked).toHaveLength(1);
  });

  test('is made again where the API was busy', async () => {
    const { client, asked } = await clientOf(status(429), status(503), fine);

    await client.call('POST', '/import');

    expect(asked).toHaveLength(3);
  });

  test('says what the API said against it', async () => {
    const { client } = await clientOf(status(400, { message: 'dedupeOn is unknown' }));

    await expect(client.call('POST', '/import')).rejects.toThrow('The API answered 400: dedupeOn is unknown');
  });
});
