import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFlowStack } from '#test/support/flow-stack.ts';
import type { TestStack } from '#test/support/local-stack.ts';

/** Sources disagree on which of these API Gateway does, so answers must not depend on it. */
describe.each(['apart', 'alike'] as const)('a gateway that reads /x and /x/ %s', (trailingSlashes) => {
  let stack: TestStack;
  let id: string;
  beforeAll(async () => {
    stack = await startFlowStack({ trailingSlashes });
    const body = { channels: [{ type: 'email', value: 'slash@example.com' }], firstName: 'Ann' };
    const added = await stack.request('POST', '/api/v1/contact/', { body });
    id = String((added.json as { id: number }).id);
  });
  afterAll(() => stack.stop());

  const told = async (method: string, path: string, body?: unknown) => {
    const headers = { origin: 'https://shop.example' };
    const answer = await stack.request(method, path, { headers, ...(body !== undefined && { body }) });
    const named = ['content-type', 'access-control-allow-origin', 'totalcount'];
    return {
      status: answer.status,
      headers: named.map((name) => [name, answer.headers.get(name)]),
      text: answer.text.replaceAll(/"timestamp":"[^"]+"/g, ''),
    };
  };

  it.each([
    { title: 'a path', method: 'GET', path: () => '/api/v1/version' },
    { title: 'a variable', method: 'GET', path: () => `/api/v1/contact/${id}` },
    { title: 'a variable in the middle', method: 'GET', path: () => `/api/v1/contact/${id}/subscriptions` },
    { title: 'a query', method: 'GET', path: () => '/api/v1/contacts', query: '?email=slash@example.com' },
    { title: 'HEAD', method: 'HEAD', path: () => '/confirm', query: '?t=no-token' },
    { title: 'a page', method: 'GET', path: () => '/confirm', query: '?t=no-token' },
    { title: 'a body', method: 'PUT', path: () => `/api/v1/contact/${id}`, body: { firstName: 'Bea' } },
    { title: 'a body that is refused', method: 'POST', path: () => '/api/v1/contact/subscribe', body: {} },
    { title: 'what is not there', method: 'GET', path: () => '/api/v1/contact/999999' },
    { title: 'OPTIONS', method: 'OPTIONS', path: () => '/api/v1/contacts' },
  ])('answers the same to $title', async ({ method, path, query = '', body }) => {
    const plain = await told(method, `${path()}${query}`, body);

    const slashed = await told(method, `${path()}/${query}`, body);

    // Errors name the path as the caller wrote it.
    const withSlash = plain.text.replace(`"path":"${path()}"`, `"path":"${path()}/"`);

    expect(slashed).toEqual({ ...plain, text: withSlash });
  });

  it('asks for a key all the same', async () => {
    const { status, json } = await stack.request('GET', `/api/v1/contact/${id}/`, { key: '' });

    expect([status, json]).toEqual([401, expect.objectContaining({ path: `/api/v1/contact/${id}/` })]);
  });
});
