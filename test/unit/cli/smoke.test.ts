import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { type Check, runChecks } from '../../../cli/smoke/run-checks.ts';
import { NotHere, type Smoke, smokeOn } from '../../../cli/smoke/smoke.ts';
import { readSmokeArguments } from '../../../cli/smoke/smoke-arguments.ts';
import { trySmoke } from '../../../cli/smoke/try-smoke.ts';
import { whatIsInTheWay } from '../../../cli/smoke/what-is-in-the-way.ts';

const smokeThat = (ask: (path: string, method: string) => unknown): Smoke => {
  const asked: Smoke['ask'] = async ({ path, method = 'GET', answer }) => answer.parse(ask(path, method));
  return {
    ...smokeOn({ url: 'http://127.0.0.1:1', key: 'k', name: 'smoke-1', patienceSeconds: 1 }),
    ask: asked,
    until: asked,
  };
};

const check = (name: string, run: Check['run'] = async () => {}): Check => ({ name, says: 'it works', run });

describe('a smoke test', () => {
  it('runs every check, also after one that differs, and tells those that the settings leave out', async () => {
    const lines: string[] = [];
    const differing = check('two', async () => {
      throw new Error('fetch failed', { cause: new Error('ECONNRESET') });
    });
    const absent = check('three', async () => {
      throw new NotHere('there is no sender');
    });

    const tally = await runChecks(
      smokeThat(() => ({})),
      [check('one'), differing, absent, check('four')],
      {
        tell: (line) => lines.push(line),
        signal: new AbortController().signal,
      },
    );

    expect(tally).toEqual({ ok: 2, differing: ['two'], skipped: ['three'] });
    expect(lines.map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
      'ok one it works',
      'differs two fetch failed (ECONNRESET)',
      'skipped three there is no sender',
      'ok four it works',
    ]);
  });

  it('is cleaned up when it is stopped half way, and says what could not be removed', async () => {
    const stopping = new AbortController();
    const lines: string[] = [];
    const removed: string[] = [];
    const smoke = smokeThat((path, method) => {
      stopping.abort();
      if (method === 'DELETE') removed.push(path);
      if (path === '/admin/v1/workflows') return { items: [{ id: 'smoke-1' }, { id: 'somebody-elses' }] };
      throw new Error(`${method} ${path} answered 503`);
    });

    const isWell = await trySmoke(smoke, {
      findLink: async () => undefined,
      tell: (line) => lines.push(line),
      signal: stopping.signal,
    });

    expect(isWell).toBe(false);
    expect(lines.filter((line) => line.startsWith('stopped'))).toHaveLength(9);
    expect(removed).toEqual(['/admin/v1/workflows/smoke-1']);
    expect(lines.at(-2)).toMatch(
      /^left +Look for smoke-1, as these may be left: imports .*; contacts .*; API keys \(GET/,
    );
    expect(lines.at(-1)).toMatch(/^Failed: 0 checks .*, something may be left$/);
  });
});

describe('what is in the way of a run', () => {
  const answering = async (status: number, text: string) => {
    const server = createServer((_, response) => void response.writeHead(status).end(text));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const keyOf = (scope: string) => JSON.stringify({ name: 'mine', scope });

  it.each([
    { status: 401, text: '{}', says: /^http:.* does not know the key: / },
    { status: 200, text: keyOf('viewer'), says: /^The key mine has the scope viewer, and this test needs one/ },
  ])('$status $text', async ({ status, text, says }) => {
    expect(await whatIsInTheWay({ url: await answering(status, text), key: 'k' })).toMatch(says);
  });

  it.each([
    { status: 200, text: keyOf('full') },
    { status: 404, text: '<html>' },
    { status: 200, text: '<html>' },
  ])('is left to the checks: $status $text', async ({ status, text }) => {
    expect(await whatIsInTheWay({ url: await answering(status, text), key: 'k' })).toBeUndefined();
  });

  it('is that nobody answers', async () => {
    expect(await whatIsInTheWay({ url: 'http://127.0.0.1:1', key: 'k' })).toMatch(/^Nobody answers at http.*:1: .*\.$/);
  });

  it('is not a page: a check shows it in a line', async () => {
    const { ask } = smokeOn({ url: await answering(404, '<p>\n  No\n</p>'), key: 'k', name: 's', patienceSeconds: 1 });

    await expect(ask({ path: '/x', answer: z.unknown() })).rejects.toThrow(
      'GET /x answered 404 <p> No </p> instead of 200',
    );
  });
});

describe('the arguments of npm run smoke', () => {
  it.each([
    { args: [], target: { port: 8080 }, key: 'local-key' },
    { args: ['--stage', 'dev'], target: { stage: 'dev' }, key: undefined },
    { args: ['--url', 'https://a.example/', '--key', 'k'], target: { url: 'https://a.example' }, key: 'k' },
  ])('$args', ({ args, target, key }) => {
    expect(readSmokeArguments(args, {})).toEqual({ target, key, patienceSeconds: 60 });
  });

  it.each([
    { args: ['--url', 'https://a.example'], says: 'Say which API key' },
    { args: ['--url', 'a.example', '--key', 'k'], says: 'no address' },
    { args: ['--url', 'https://a.example', '--stage', 'dev'], says: 'not both' },
    { args: ['--patience', 'long'], says: '--patience is long' },
    { args: ['--stag', 'dev'], says: "'--stag'" },
  ])('$args are refused', ({ args, says }) => {
    expect(() => readSmokeArguments(args, {})).toThrow(says);
  });
});
