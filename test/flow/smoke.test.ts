import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, testKey } from '#test/support/local-stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await startFlowStack();
});
afterAll(() => stack.stop());

const script = fileURLToPath(new URL('../../cli/smoke.ts', import.meta.url));

const smoke = (url: string, ...args: string[]) =>
  new Promise<{ code: number | null; out: string; error: string }>((resolve) => {
    const child = execFile(process.execPath, [script, '--url', url, '--key', testKey, ...args], (_, out, error) =>
      resolve({ code: child.exitCode, out, error }),
    );
  });

/** What a run may leave: rows of imports with nobody in them, which expire. */
const leftIn = async () => {
  const contacts = await stack.request('GET', '/admin/v1/contacts?state=active');
  const segments = await stack.request('GET', '/admin/v1/segments');
  const workflows = await stack.request('GET', '/admin/v1/workflows');
  const keys = (await stack.request('GET', '/admin/v1/keys')).json as { items: { name: string }[] };
  return [contacts.json, segments.json, workflows.json, keys.items.map(({ name }) => name)];
};

const nothing = [{ items: [] }, { items: [] }, { items: [] }, ['local']];

it('finds the local stack to be as the local stack is, and leaves nothing behind', async () => {
  const { code, out, error } = await smoke(stack.url);

  expect([code, error]).toEqual([0, '']);
  expect(out.match(/^ok +\w+/gm)).toHaveLength(9);
  expect(out).toMatch(/^cleaned +removed 1 workflows, 4 contacts, 2 segments, 1 API keys$/m);
  expect(out.trimEnd().split('\n').at(-1)).toBe('Passed: 9 checks came out as on the local stack');
  expect(await leftIn()).toEqual(nothing);
});

it('says which answer differs and how, goes on with the rest, and leaves nothing behind', async () => {
  const { server, url } = await gatewayThatBreaks(({ method, url: path }) =>
    method === 'PUT' && path?.startsWith('/admin/v1/workflows/')
      ? { status: 500, text: '{"message":"Oh"}' }
      : undefined,
  );

  const { code, out } = await smoke(url);

  server.close();
  expect(code).toBe(1);
  expect(out).toMatch(
    /^differs +workflow +PUT \/admin\/v1\/workflows\/\S+ answered 500 {"message":"Oh"} instead of 200$/m,
  );
  expect(out).toMatch(/^ok +erasure/m);
  expect(out.trimEnd().split('\n').at(-1)).toBe(
    'Failed: 8 checks came out as on the local stack, 1 did not (workflow)',
  );
  expect(await leftIn()).toEqual(nothing);
});

it('says in a sentence that nobody is there, that a key is unknown, or that it may too little, and tries nothing', async () => {
  const { json } = await stack.request('POST', '/admin/v1/keys', { body: { name: 'reader', scope: 'viewer' } });
  const reader = (json as { key: string }).key;

  const runs = await Promise.all([
    smoke('http://127.0.0.1:65533'),
    smoke(stack.url, '--key', 'that-nobody-made'),
    smoke(stack.url, '--key', reader),
  ]);

  await stack.request('DELETE', `/admin/v1/keys/${(await keysNamed('reader'))[0]?.id}`);
  expect(runs).toEqual([
    {
      code: 1,
      out: '',
      error: expect.stringMatching(/^Nobody answers at http:\/\/127.0.0.1:65533: .*ECONNREFUSED.*\.\n$/),
    },
    {
      code: 1,
      out: '',
      error: expect.stringMatching(/ does not know the key: name one by --key or ROLLCALL_KEY\.\n$/),
    },
    { code: 1, out: '', error: 'The key reader has the scope viewer, and this test needs one with the scope full.\n' },
  ]);
  expect(await leftIn()).toEqual(nothing);
});

const keysNamed = async (wanted: string) => {
  const { items } = (await stack.request('GET', '/admin/v1/keys')).json as { items: { id: string; name: string }[] };
  return items.filter(({ name }) => name === wanted);
};

/** The stack behind a gateway that answers some requests by itself. */
const gatewayThatBreaks = async (
  answerTo: (request: IncomingMessage) => { readonly status: number; readonly text: string } | undefined,
): Promise<{ server: Server; url: string }> => {
  const server = createServer(async (request, response) => {
    const broken = answerTo(request);
    if (broken) {
      response.writeHead(broken.status).end(broken.text);
      return;
    }
    const body = await buffer(request);
    const { authorization, 'content-type': contentType } = request.headers;
    const answer = await fetch(`${stack.url}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { ...(authorization && { authorization }), ...(contentType && { 'content-type': contentType }) },
      ...(body.length > 0 && { body }),
      redirect: 'manual',
    });
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};
