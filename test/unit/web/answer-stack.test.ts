import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerStack } from '#web/answer-stack.ts';

const answers: { method: string | undefined; type: string | undefined; body: unknown }[] = [];
let status = 200;
const server = createServer(async (request, response) => {
  let body = '';
  for await (const piece of request) body += piece;
  answers.push({ method: request.method, type: request.headers['content-type'], body: JSON.parse(body) });
  response.writeHead(status).end();
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve())));
afterAll(() => {
  server.close();
});

const request = () => ({
  ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/?signed`,
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Emptied',
});
const about = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Emptied' };

describe('CloudFormation is answered', () => {
  it('that the work is done, under the id that it knows', async () => {
    await answerStack({ ...request(), PhysicalResourceId: 'known' }, async () => {});

    expect(answers.at(-1)).toMatchObject({
      method: 'PUT',
      body: { Status: 'SUCCESS', ...about, PhysicalResourceId: 'known' },
    });
    expect(answers.at(-1)?.type ?? '').toBe('');
  });

  it('why the work failed, and is never left waiting', async () => {
    await answerStack(request(), async () => {
      throw new RangeError('too many');
    });

    expect(answers.at(-1)?.body).toEqual({
      Status: 'FAILED',
      Reason: 'RangeError: too many',
      ...about,
      PhysicalResourceId: 'Emptied',
    });
  });

  it('again by Lambda where the answer was not taken', async () => {
    status = 503;

    await expect(answerStack(request(), async () => {})).rejects.toThrow(/503/);
  });
});
