import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { ApiClient } from '../../../cli/api-client.ts';
import { controlImport } from '../../../cli/import-control.ts';
import { followImport } from '../../../cli/import-run.ts';
import { interruptionsOn } from '../../../cli/interruptions.ts';

const sessionId = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';
const counts = { total: 2, read: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0, warnings: {} };

/** An API with one import, which does what it is told. */
const api = () => {
  const calls: string[] = [];
  const session: { state: string; finishedAt?: string; undo?: object } = { state: 'IMPORTING' };
  const client: ApiClient = {
    url: 'http://api',
    call: async (method, path, body) => {
      calls.push(
        `${method} ${path.replace(`/admin/v1/imports/${sessionId}`, '…')}${body ? ` ${JSON.stringify(body)}` : ''}`,
      );
      if (path.endsWith('/pause')) session.state = 'PAUSED';
      if (path.endsWith('/cancel'))
        Object.assign(session, { state: 'CANCELLED', finishedAt: '2026-01-05T09:00:00.000Z' });
      return { text: JSON.stringify({ sessionId, upload: {}, ...counts, ...session }), next: undefined };
    },
  };
  return { client, calls, session };
};

/** A terminal at which somebody presses Ctrl+C and types answers. */
const terminal = () => {
  const heard = new Set<() => void>();
  const [input, output] = [new PassThrough(), new PassThrough()];
  const interruptions = interruptionsOn({
    input,
    output,
    onInterrupt: (listener) => {
      heard.add(listener);
      return () => heard.delete(listener);
    },
  });
  const press = () => {
    for (const listener of [...heard]) listener();
  };
  return { interruptions, input, press, shown: () => String(output.read() ?? ''), heard };
};

describe('Ctrl+C while an import is followed', () => {
  it.each([
    ['p', 'PAUSED', 'POST …/pause'],
    ['c', 'CANCELLED', 'POST …/cancel'],
  ])('pauses or cancels it by %s', async (key, state, call) => {
    const { client, calls } = api();
    const { interruptions, input, press, shown } = terminal();
    press();
    input.write(`what\n${key}\n`);

    const done = await followImport(client, sessionId, { tell: () => {}, interruptions });

    expect(done.state).toBe(state);
    expect(calls).toEqual([call, 'GET …']);
    expect(shown()).toContain('[p]ause');
  });

  it('goes on watching by g, and asks again at the next one', async () => {
    const { client, calls, session } = api();
    const { interruptions, input, press } = terminal();
    press();
    input.write('g\n');
    const tell = () => {
      session.state = 'FINISHED';
    };

    const done = await followImport(client, sessionId, { tell, interruptions });

    expect([done.state, ...calls]).toEqual(['FINISHED', 'GET …', 'GET …']);
  });

  it('leaves it alone if it is pressed again, or nobody can answer', async () => {
    for (const leave of ['press', 'end'] as const) {
      const { client, calls } = api();
      const { interruptions, input, press, heard } = terminal();
      press();
      const following = followImport(client, sessionId, { tell: () => {}, interruptions });
      await new Promise(setImmediate);
      if (leave === 'press') press();
      else input.end();

      const done = await following;
      interruptions.end();

      expect([done.state, ...calls]).toEqual(['IMPORTING', 'GET …']);
      expect(heard.size).toBe(0);
    }
  });
});

describe('npm run import -- pause, resume, cancel and undo', () => {
  const request = { sessionId, target: { url: 'http://api' }, key: 'key', dryRun: false, suppressions: false } as const;

  it('says in which state the import is then', async () => {
    const { client, calls } = api();

    const said = [await controlImport(client, { ...request, command: 'pause' })];
    said.push(await controlImport(client, { ...request, command: 'cancel' }));

    expect(said).toEqual([`Import ${sessionId} is PAUSED`, `Import ${sessionId} is CANCELLED`]);
    expect(calls).toEqual(['POST …/pause', 'POST …/cancel']);
  });

  it('follows an undo to its end, and says what became of the rows', async () => {
    const { client, calls, session } = api();
    const none = { removed: 0, restored: 0, kept: 0, nothing: 0, skipped: 0 };
    Object.assign(session, { state: 'FINISHED', undo: { state: 'RUNNING', dryRun: true, counts: none } });
    const call: ApiClient['call'] = async (method, ...rest) => {
      const finished = {
        state: 'FINISHED',
        dryRun: true,
        finishedAt: 'now',
        counts: { ...none, removed: 1200, kept: 3 },
      };
      if (method === 'GET') Object.assign(session, { undo: finished });
      return client.call(method, ...rest);
    };

    const said = await controlImport({ ...client, call }, { ...request, command: 'undo', dryRun: true });

    expect(said).toMatch(/^Nothing was written; .*\n {2}removed +1,200\n {2}restored +0\n {2}kept +3\n/);
    expect(calls).toEqual(['POST …/undo {"dryRun":true,"suppressions":false}', 'GET …']);
  });
});
