import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFlowStack } from '#test/support/flow-stack.ts';
import { type ApiDocument, type HostileRequest, hostileOperations } from '#test/support/hostile/hostile-requests.ts';
import { luckOf } from '#test/support/hostile/luck.ts';
import { mixedLists } from '#test/support/hostile/mixed-lists.ts';
import { senderAsIs } from '#test/support/hostile/send-as-is.ts';
import { type TestStack, testKey } from '#test/support/local-stack.ts';
import { sized } from '#test/support/soak.ts';

/** `SEED=123` repeats a run. */
const seed = Number(process.env.SEED || Date.now() % 1_000_000);

const faultsOfFunctions: string[] = [];
let stack: TestStack;
beforeAll(async () => {
  console.log(`hostile input: SEED=${seed}`);
  stack = await startFlowStack({
    logLevel: 'WARN',
    writeLog: (line) => {
      if (faultsOfFunctions.length === shownFaults) return;
      if (/"level":"(ERROR|CRITICAL)"|^\[[\w-]+\] [^{]/.test(line)) faultsOfFunctions.push(line.slice(0, 900));
    },
    maxSandboxes: 1,
    settings: { defaultRatePerSecond: 10_000, throttleBurst: 5000, deletePastEvents: true },
  });
});
afterAll(() => stack.stop());

const document: ApiDocument = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'));

const atOnce = 8;
const shownFaults = 20;
const asJson = { 'content-type': 'application/json' };
const timeoutMs = sized(120_000, 1_800_000);

/** Answers that are no JSON with their status in it: the file of the console, pages, what contract 4.16 says, and the gateway's. */
const isOfOwnShape = (contentType: string, text: string): boolean =>
  text === '{"message":"Request Header Fields Too Large"}' ||
  contentType.startsWith('text/html') ||
  text === 'Not found' ||
  text.startsWith('The event should have');

const isEnvelope = (status: number, text: string): boolean => {
  try {
    return JSON.parse(text).status === status;
  } catch {
    return false;
  }
};

describe('hostile input', () => {
  test(
    'to every route of docs/openapi.json is answered by anything but a fault of ours',
    async () => {
      const operations = hostileOperations(document);
      const requests: HostileRequest[] = [];
      for (let round = sized(20, 280); round > 0; round--) {
        requests.push(...operations.map((make, index) => make(luckOf(seed + round * 1000 + index))));
      }
      const sender = senderAsIs(stack.url, testKey, atOnce);
      const faults: string[] = [];
      const counts = new Map<number, number>();
      const total = requests.length;

      const work = async () => {
        for (let request = requests.pop(); request; request = requests.pop()) {
          const { status, contentType, text } = await sender.send(request);
          counts.set(status, (counts.get(status) ?? 0) + 1);
          const isFine =
            status < 400 || (status < 500 && (isOfOwnShape(contentType, text) || isEnvelope(status, text)));
          if (!isFine && faults.length < shownFaults) {
            faults.push(`${status} ${text.slice(0, 300)} <- ${JSON.stringify(request).slice(0, 900)}`);
          }
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      sender.stop();

      console.log(`hostile input: ${total} requests, ${[...counts].map((one) => one.join(': ')).join(', ')}`);
      expect(faults).toEqual([]);
      expect(faultsOfFunctions).toEqual([]);
    },
    timeoutMs,
  );

  test('as a body that is larger than its route takes is a 413 in the shape of every error', async () => {
    const limited = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses = {} }]) => {
        const bytes = /more than ([\d,]+) bytes/.exec(responses[413]?.description ?? '')?.[1];
        return bytes ? [{ method: method.toUpperCase(), path, bytes: Number(bytes.replaceAll(',', '')) }] : [];
      }),
    );
    const sender = senderAsIs(stack.url, testKey, 1);

    const answers: string[] = [];
    for (const { method, path, bytes } of limited) {
      const body = '{}'.padStart(bytes + 1);
      const called = path.replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
      const { status, text } = await sender.send({ method, path: called, headers: asJson, body });
      const isExpected = status === 413 && isEnvelope(status, text);
      // A path that can be none is found out before its body is read.
      if (!isExpected && status !== 404) answers.push(`${method} ${path}: ${status} ${text.slice(0, 300)}`);
    }
    sender.stop();

    expect(limited.length).toBeGreaterThan(30);
    expect(answers).toEqual([]);
  });

  test.each(Object.entries(mixedLists(document)))(
    'among %s costs itself, and what is good there is kept',
    async (_, { send, isKept }) => {
      for (let round = sized(3, 40); round > 0; round--) {
        const good = `good-${seed}-${round}`;
        await send(stack, good, luckOf(seed + round));
        expect(await isKept(stack, good), `${good} of SEED=${seed}`).toBe(true);
      }
      expect(faultsOfFunctions).toEqual([]);
    },
    timeoutMs,
  );
});
