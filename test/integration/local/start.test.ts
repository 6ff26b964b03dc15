import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { freePort } from '#infra/local/engine/free-port.ts';
import { stateFile } from '#infra/local/state-file.ts';
import { waitFor } from '#test/support/local-stack.ts';

const running: ChildProcess[] = [];

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

const start = (environment: Record<string, string>) => {
  const script = fileURLToPath(new URL('../../../cli/launch.js', import.meta.url));
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [script], { env: { PATH, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const said = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => (said.output += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (said.errors += text));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { child, said, ended };
};

const processes = (): string[] => execFileSync('ps', ['-eo', 'ppid,args'], { encoding: 'utf8' }).split('\n');

/** The port of the engine that a process started. */
const enginePort = (pid: number | undefined): string | undefined => {
  const line = processes().find((it) => it.trim().startsWith(`${pid} `) && it.includes('dynoxide'));
  return line && /--port (\d+)/.exec(line)?.[1];
};

const isRunning = (port: string): boolean =>
  processes().some((line) => line.includes(`dynoxide --host 127.0.0.1 --port ${port}`));

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.once('error', () => resolve(false)).once('connect', () => socket.destroy());
  });

describe('npm start', () => {
  test('says ready with what to try, refuses a second one on its port, and stops cleanly', async () => {
    const port = await freePort();
    const { child, said, ended } = start({ PORT: String(port), API_KEY: 'a-key' });
    await waitFor('it is ready', () => said.output.includes('\n'), 40);
    const headers = { authorization: `Basic ${Buffer.from(':a-key').toString('base64')}` };

    const answer = await fetch(`http://localhost:${port}/api/v1/version`, { headers });
    const second = start({ PORT: String(port) });
    const secondCode = await second.ended;

    expect(said.output).toMatch(
      /^ready at http:\/\/127\.0\.0\.1:\d+ .*a-key.*curl -u :a-key .*\nthe console is at http:\/\/127\.0\.0\.1:\d+\/console\nthe mailbox is at http:\/\/127\.0\.0\.1:\d+\/admin\/v1\/mailbox, .*\n$/,
    );
    expect(said.errors).toBe('');
    expect(answer.status).toBe(200);
    expect([secondCode, second.said.errors]).toEqual([
      1,
      `Port ${port} is in use: stop what listens there, or set PORT to another one.\n`,
    ]);
    const engine = enginePort(child.pid) ?? '';
    expect([existsSync(stateFile(port)), isRunning(engine)]).toEqual([true, true]);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    await waitFor('its engine is gone', () => !isRunning(engine));
    expect(existsSync(stateFile(port))).toBe(false);
  });

  test('takes everything along when it is stopped before it is ready', async () => {
    const port = await freePort();
    const { child, said, ended } = start({ PORT: String(port) });
    await waitFor('it has begun', () => accepts(port));
    const engine = await waitFor('its engine has begun', () => enginePort(child.pid));

    child.kill('SIGTERM');

    expect(await ended).toBe(0);
    expect(said).toEqual({ output: '', errors: '' });
    await waitFor('its engine is gone', () => !isRunning(engine));
    expect(existsSync(stateFile(port))).toBe(false);
  });

  test('stops when the npm that runs it is told to stop', async () => {
    const port = await freePort();
    const npm = spawn('npm', ['start'], { env: { ...process.env, PORT: String(port) }, stdio: 'ignore' });
    running.push(npm);
    await waitFor('it has begun', () => accepts(port));

    npm.kill('SIGTERM');

    await waitFor('it is gone', async () => !(await accepts(port)));
  });

  test('explains a PORT that is none in one sentence', async () => {
    const { said, ended } = start({ PORT: 'http' });

    expect(await ended).toBe(1);
    expect(said.errors).toBe('PORT is http, which is no port: set it to a number up to 65535.\n');
  });
});
