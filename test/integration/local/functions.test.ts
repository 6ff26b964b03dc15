import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import { waitFor } from '#test/support/local-stack.ts';
import { startSmallStack } from './small-stack.ts';

let stack: LocalStack;
const shown: string[] = [];

beforeAll(async () => {
  stack = await startSmallStack(
    {
      functions: {
        Works: 'let calls = 0; export const handler = async (event) => ({ event, calls: ++calls });',
        Environment: 'export const handler = async () => process.env;',
        Context:
          'export const handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() });',
        Throws: 'export const handler = async () => { throw new TypeError("on purpose"); };',
        Loops: 'export const handler = async (event) => { if (event.loop) for (;;); return "fine"; };',
        Exits: 'export const handler = async (event) => event.exit ? process.exit(3) : "fine";',
        Hungry:
          'export const handler = async (event) => { const all = []; while (event.eat) all.push(new Array(1e5).fill({})); return "fine"; };',
        Waits:
          'export const handler = (event) => event.wait ? new Promise(() => setInterval(() => {}, 1000)) : Promise.resolve("fine");',
        Busy: 'import { setTimeout } from "node:timers/promises"; let now = 0; export const handler = async () => { now += 1; const seen = now; await setTimeout(100); now -= 1; return seen; };',
        Large: 'export const handler = async () => "a".repeat(7 * 1024 * 1024);',
        Talks:
          'export const handler = async () => { console.log(JSON.stringify({ level: "INFO", message: "quiet" })); console.warn(JSON.stringify({ level: "WARN", message: "loud" })); console.log("plain"); };',
        Broken: 'throw new Error("cannot load");',
        Empty: 'export const other = 1;',
      },
      functionProperties: {
        Environment: { Environment: { Variables: { OWN: 'yes', COUNT: 2 } } },
        Loops: { Timeout: 1 },
        Hungry: { MemorySize: 64 },
        Waits: { Timeout: 60 },
      },
    },
    { maxSandboxes: 3, logLevel: 'WARN', writeLog: (line) => shown.push(line) },
  );
});

afterAll(() => stack.stop());

const invoke = async (name: string, event: unknown = {}) => {
  const result = await stack.fn(name).invoke(event);
  return result.ok ? { result: JSON.parse(result.result) as unknown } : { error: result.error };
};

describe('a function', () => {
  test('runs in a sandbox that is used again', async () => {
    await invoke('Works', { a: 1 });

    expect(await invoke('Works', { a: 2 })).toEqual({ result: { event: { a: 2 }, calls: 2 } });
  });

  test('has the environment of the template and of Lambda, and nothing of the process around it', async () => {
    process.env.SECRET_OF_THIS_PROCESS = 'leaks';

    const { result } = await invoke('Environment');

    expect(result).toMatchObject({
      OWN: 'yes',
      COUNT: '2',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'Environment',
    });
    expect(result).toHaveProperty('AWS_ENDPOINT_URL_DYNAMODB');
    expect(result).not.toHaveProperty('SECRET_OF_THIS_PROCESS');
    expect(result).not.toHaveProperty('HOME');
  });

  test('has a context', async () => {
    const { result } = await invoke('Context');

    expect(result).toMatchObject({
      functionName: 'Context',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      awsRequestId: expect.stringMatching(/^[\w-]{36}$/),
    });
    expect((result as { left: number }).left).toBeGreaterThan(9000);
  });

  test('takes one event at a time in a sandbox, and several sandboxes up to the limit', async () => {
    const seen = await Promise.all(Array.from({ length: 9 }, () => invoke('Busy')));

    expect(seen).toEqual(Array(9).fill({ result: 1 }));
  });

  test('is heard from the level on that was asked for, and so are its failures', async () => {
    await invoke('Talks');
    await invoke('Throws');

    const ofTalks = await waitFor('it is heard', () => {
      const lines = shown.filter((line) => line.startsWith('[Talks]'));
      return lines.length > 0 && lines;
    });
    expect(ofTalks).toEqual(['[Talks] {"level":"WARN","message":"loud"}']);
    expect(shown).toContain('[Throws] TypeError: on purpose');
  });
});

describe('a function that fails', () => {
  test('by an error says so in the form of Lambda', async () => {
    expect(await invoke('Throws')).toEqual({
      error: {
        errorType: 'TypeError',
        errorMessage: 'on purpose',
        trace: expect.arrayContaining(['TypeError: on purpose']),
      },
    });
  });

  test.each([
    ['Loops', { loop: true }, 'Sandbox.Timedout', /Task timed out after 1.00 seconds/],
    ['Exits', { exit: true }, 'Runtime.ExitError', /exit status 3/],
    ['Hungry', { eat: true }, 'Runtime.OutOfMemory', /killed/],
  ])('%s: takes its sandbox along and nothing else', async (name, event, errorType, message) => {
    expect(await invoke(name, event)).toEqual({ error: { errorType, errorMessage: expect.stringMatching(message) } });
    expect(await invoke(name)).toEqual({ result: 'fine' });
  });

  test('because it was killed at work', async () => {
    const killed = invoke('Waits', { wait: true });
    await waitFor('the function is at work', () => stack.fn('Waits').pending() === 1);

    expect(await stack.fn('Waits').kill()).toBe(1);
    expect(await killed).toMatchObject({ error: { errorType: 'Runtime.ExitError' } });
    expect(await invoke('Waits')).toEqual({ result: 'fine' });
  });

  test.each([
    ['Broken', 'Error', 'cannot load'],
    ['Empty', 'Runtime.HandlerNotFound', 'Empty.handler is undefined or not exported'],
  ])('%s: to load says why', async (name, errorType, errorMessage) => {
    expect(await invoke(name)).toMatchObject({ error: { errorType, errorMessage } });
  });

  test('by the size of its event or its answer', async () => {
    const event = 'a'.repeat(6 * 1024 * 1024);

    expect(await invoke('Works', event)).toMatchObject({ error: { errorType: 'RequestTooLargeException' } });
    expect(await invoke('Large')).toMatchObject({ error: { errorType: 'Function.ResponseSizeTooLarge' } });
  });
});
