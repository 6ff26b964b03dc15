import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { freePort } from '#infra/local/engine/free-port.ts';
import { stateFile } from '#infra/local/state-file.ts';
import { waitFor } from '#test/support/local-stack.ts';

const running: ChildProcess[] = [];
const folder = mkdtempSync(join(tmpdir(), 'rollcall-start-'));

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const start = (environment: Record<string, string>, args: readonly string[] = []) => {
  const script = fileURLToPath(new URL('../../../cli/launch.js', import.meta.url));
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
  /** A consumer that says whom it heard of, and the file of its rule beside it. */
  const writeConsumer = (name: string, type: string) => {
    const program = join(folder, `${name}.mjs`);
    writeFileSync(
      program,
      `import { text } from 'node:stream/consumers';
      const { detail } = JSON.parse(await text(process.stdin));
      console.log('${name}, ' + detail.keyValue);`,
    );
    const rule = { name, pattern: { 'detail-type': [type] }, target: { command: ['node', program] } };
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(rule));
  };
  writeConsumer('welcome', 'newContact');
  writeConsumer('goodbye', 'oldContact');

  test('says ready with what to try, brings events to the programs of --rule, refuses a second one on its port, and stops cleanly', async () => {
    const port = await freePort();
    const rules = ['welcome.json', 'goodbye.json'].flatMap((file) => ['--rule', file]);
    const { child, said, ended } = start({ PORT: String(port), API_KEY: 'a-key', INIT_CWD: folder }, rules);
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
    const contacts = [{ channels: [{ type: 'email', value: 'mail@example.com' }] }];
    await fetch(`http://localhost:${port}/api/v1/contacts`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ contacts, eventKeyForNewContacts: 'newContact' }),
    });
    await waitFor('the program has the event', () => `${said.output}${said.errors}`.includes('mail@example.com'));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    const heard = `${said.output}${said.errors}`.split('\n').filter((line) => line.startsWith('[rule]'));
    expect(heard).toEqual(['[rule] node: welcome, mail@example.com']);
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

  test('explains a rule that it cannot use, and an argument that it does not know', async () => {
    writeFileSync(
      join(folder, 'bad.json'),
      '{"pattern": {"detail-type": "newContact"}, "target": {"url": "http://example.com"}}',
    );
    const ends = [
      ['--rule', join(folder, 'bad.json')],
      ['--rule', join(folder, 'none.json')],
      ['--rules', 'x'],
    ].map(async (args) => {
      const { said, ended } = start({ PORT: '0' }, args);
      return [await ended, said.errors];
    });

    expect(await Promise.all(ends)).toEqual([
      [1, expect.stringMatching(/^The rule .*bad\.json cannot be used: .*\n$/)],
      [1, expect.stringMatching(/^The rule .*none\.json cannot be used: .*ENOENT.*\n$/)],
      [1, expect.stringMatching(/npm start takes --rule <file>, several times, and --install-engine\.\n$/)],
    ]);
  });

  test('explains a PORT that is none in one sentence', async () => {
    const { said, ended } = start({ PORT: 'http' });

    expect(await ended).toBe(1);
    expect(said.errors).toBe('PORT is http, which is no port: set it to a number up to 65535.\n');
  });
});
