import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFlowStack } from '#test/support/flow-stack.ts';
import { type ApiDocument, type HostileRequest, hostileOperations } from '#test/support/hostile/hostile-requests.ts';
import { luckOf } from '#test/support/hostile/luck.ts';
import type { TestStack } from '#test/support/local-stack.ts';
import { sized } from '#test/support/soak.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await startFlowStack({
    logLevel: 'SILENT',
    settings: { defaultRatePerSecond: 10_000, throttleBurst: 5000, deletePastEvents: true },
  });
});
afterAll(() => stack.stop());

const document: ApiDocument = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'));

const atOnce = 8;

describe('every route of docs/openapi.json', () => {
  test('answers hostile input with anything but a fault of its own', async () => {
    const seed = Number(process.env.SEED || Date.now() % 1_000_000);
    const operations = hostileOperations(document);
    const rounds = sized(6, 350);
    const requests: HostileRequest[] = [];
    for (let round = 0; round < rounds; round++) {
      requests.push(...operations.map((make, index) => make(luckOf(seed + round * 1000 + index))));
    }

    const faults: string[] = [];
    const counts = new Map<number, number>();
    const work = async () => {
      for (let request = requests.pop(); request; request = requests.pop()) {
        const { method, path, body } = request;
        const { status, text } = await stack.request(method, path, { ...(body !== undefined && { body }) });
        counts.set(status, (counts.get(status) ?? 0) + 1);
        if (status > 499) faults.push(`${method} ${path.slice(0, 300)} ${body?.slice(0, 1500)} -> ${status} ${text}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));

    console.log(`hostile input: seed ${seed}, ${[...counts].map((one) => one.join(': ')).join(', ')}`);
    expect(faults, `seed ${seed}`).toEqual([]);
  });
});
