import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOwnRules } from '#infra/local/bus/read-own-rules.ts';
import { callAws } from '#infra/local/engine/call-aws.ts';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import { waitFor } from '#test/support/local-stack.ts';
import { bus, startSmallStack } from './small-stack.ts';

let folder: string;
let stack: LocalStack;
const posted: { type: string; id: number }[] = [];
const lines: string[] = [];
let refusals = 1;

const server = createServer(async (request, response) => {
  const { 'detail-type': type, detail } = JSON.parse(await text(request));
  posted.push({ type, id: detail.id });
  response.writeHead(detail.id === 0 || refusals-- > 0 ? 500 : 204).end();
});

/** Appends what it read to a file, and fails on a certain event. */
const program = (file: string) => `
  import { appendFileSync } from 'node:fs';
  import { text } from 'node:stream/consumers';
  const { detail } = JSON.parse(await text(process.stdin));
  console.log('got ' + detail.id);
  appendFileSync(${JSON.stringify(file)}, detail.id + '\\n');`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-rules-'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
  await writeFile(join(folder, 'program.mjs'), program(join(folder, 'got.txt')));
  const pattern = { 'detail-type': [{ prefix: 'new' }] };
  await writeFile(join(folder, 'url.json'), JSON.stringify({ pattern, target: { url } }));
  await writeFile(
    join(folder, 'others.json'),
    JSON.stringify([
      { name: 'program', pattern, target: { command: [process.execPath, join(folder, 'program.mjs')] } },
      { name: 'nobody', pattern, target: { command: ['no-such-program'] } },
    ]),
  );
  stack = await startSmallStack(
    { resources: bus('Bus') },
    {
      ownRules: readOwnRules([join(folder, 'url.json'), join(folder, 'others.json')]),
      redeliverAfterSeconds: 0,
      writeLog: (line) => lines.push(line),
    },
  );
});

afterAll(async () => {
  await stack.stop();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const put = (...events: readonly (readonly [type: string, id: number])[]) =>
  callAws({
    endpoint: stack.environment.AWS_ENDPOINT_URL_EVENTBRIDGE ?? '',
    target: 'AWSEvents.PutEvents',
    version: '1.1',
    body: {
      Entries: events.map(([DetailType, id]) => ({
        Source: 'test',
        DetailType,
        Detail: JSON.stringify({ id }),
        EventBusName: 'Bus',
      })),
    },
  });

describe('rules of a developer, beside those of the stack', () => {
  it('hand events to a program and to an address, in order, and again if they failed', async () => {
    await put(['newContact', 1], ['other', 2], ['newContact', 3]);

    await waitFor('both have the last one', async () => posted.at(-1)?.id === 3 && (await gotten()).endsWith('3\n'));
    expect(posted).toEqual([1, 1, 3].map((id) => ({ type: 'newContact', id })));
    expect(await gotten()).toBe('1\n3\n');
    expect(lines).toContainEqual(
      expect.stringMatching(/^\[rule\] url\.json failed on newContact \S+: it answered 500$/),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^\[rule\] \S*node: got 3$/));
  });

  it('give an event up after three attempts, and say so', async () => {
    await put(['newOne', 0]);

    await waitFor('it is given up', () =>
      lines.some((line) => /^\[rule\] url\.json failed on newOne .*; given up$/.test(line)),
    );
    expect(posted.filter(({ id }) => id === 0)).toHaveLength(3);
    await waitFor('so is the other', () =>
      lines.some((line) => /^\[rule\] nobody failed on newOne .*ENOENT; given up$/.test(line)),
    );
  });
});

const gotten = () => readFile(join(folder, 'got.txt'), 'utf8').catch(() => '');

describe('a rule that cannot be used is refused by name', () => {
  const target = { command: ['true'] };

  it.each([
    { says: 'pattern', rule: { target } },
    { says: 'the event pattern is empty', rule: { pattern: {}, target } },
    { says: 'EventPattern.source', rule: { pattern: { source: [{ like: 'x' }] }, target } },
    { says: 'on this machine', rule: { pattern: { source: ['x'] }, target: { url: 'http://example.com/' } } },
    { says: '{"command"', rule: { pattern: { source: ['x'] }, target: {} } },
    { says: '1: target', rule: [{ pattern: { source: ['x'] }, target }, { pattern: { source: ['x'] } }] },
  ])('$says', async ({ says, rule }) => {
    const file = join(folder, 'wrong.json');
    await writeFile(file, JSON.stringify(rule));

    expect(() => readOwnRules([file])).toThrow(expect.objectContaining({ name: 'CannotStart' }));
    expect(() => readOwnRules([file])).toThrow(says);
    expect(() => readOwnRules([file])).toThrow(file);
  });

  it('a file that is not there, and one that is no JSON', async () => {
    const file = join(folder, 'text.json');
    await writeFile(file, 'text');

    expect(() => readOwnRules([join(folder, 'none.json')])).toThrow('ENOENT');
    expect(() => readOwnRules([file])).toThrow('JSON');
  });
});
