import { Agent, request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import type { HostileRequest } from './hostile-requests.ts';

/** What was answered. */
interface PlainAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Sends requests to the letter over a few connections: `fetch` would tidy up their paths. */
export const senderAsIs = (url: string, key: string, atOnce: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const authorization = `Basic ${Buffer.from(`:${key}`).toString('base64')}`;
  return {
    send: ({ method, path, headers, body }: HostileRequest): Promise<PlainAnswer> =>
      new Promise((resolve, reject) => {
        const bytes = body === undefined ? undefined : Buffer.from(body);
        // Node would send a DELETE with a body and without its length.
        const length = bytes && { 'content-length': String(bytes.length) };
        const allHeaders = { authorization, ...headers, ...length };
        const sent = httpRequest(url, { agent, method, path, headers: allHeaders }, (answer) => {
          const { statusCode = 0, headers: answered } = answer;
          text(answer).then(
            (read) => resolve({ status: statusCode, contentType: answered['content-type'] ?? '', text: read }),
            reject,
          );
        });
        sent.on('error', reject);
        sent.end(bytes);
      }),
    stop: () => agent.destroy(),
  };
};
