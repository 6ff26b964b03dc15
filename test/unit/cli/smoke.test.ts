import { describe, expect, it } from 'vitest';
import { type Check, runChecks } from '../../../cli/smoke/run-checks.ts';
import { NotHere, type Smoke, smokeOn } from '../../../cli/smoke/smoke.ts';
import { readSmokeArguments } from '../../../cli/smoke/smoke-arguments.ts';
import { trySmoke } from '../../../cli/smoke/try-smoke.ts';

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
