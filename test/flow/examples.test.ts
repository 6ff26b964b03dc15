import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Route, routes } from '#names/routes.ts';
import { startFlowStack } from '#test/support/flow-stack.ts';
import { fillVariables, type HttpExample, parseHttpExamples, valueAt } from '#test/support/http-examples.ts';
import type { TestStack } from '#test/support/local-stack.ts';
import { askInStorm, isStormed } from '#test/support/retry-storm.ts';
import { sized } from '#test/support/soak.ts';

const examples = parseHttpExamples(readFileSync(new URL('../../docs/examples.http', import.meta.url), 'utf8'));

test('docs/examples.http has a request for every path of the route table', () => {
  const paths = Object.values<Route>(routes).flatMap(({ method, paths }) => paths.map((path) => `${method} ${path}`));

  const missing = paths.filter((path) => !examples.some((example) => suits(example, path)));

  expect(missing).toEqual([]);
});

/** Writes are sent three times at once under one name, some of them or under `SOAK` all: what is read later says that each was done once. */
describe('docs/examples.http gets the answers that it promises, in a storm of repeats', {
  timeout: sized(60_000, 300_000),
}, () => {
  let stack: TestStack;
  const answers = new Map<string, unknown>();
  // After one failure the others, which build on it, need not be waited for.
  let patienceMilliseconds = 20_000;

  beforeAll(async () => {
    stack = await startFlowStack();
  });

  afterAll(() => stack?.stop());

  test.for(examples)('$title', async ({ method, headers, expected, ...example }, { onTestFailed }) => {
    onTestFailed(() => {
      patienceMilliseconds = 0;
    });
    const fill = (text: string) => fillVariables(text, (variable) => answerAt(answers, variable));
    const path = fill(example.path);
    const body = example.body === undefined ? {} : { body: fill(example.body) };
    const ask = async () => {
      const sending = { headers, ...body };
      const { status, text, json } = isStormed({ method, path, headers })
        ? await askInStorm(stack, { method, path }, { ...sending, name: example.title })
        : await stack.request(method, path, { key: '', ...sending });
      if (example.name) answers.set(example.name, json);
      return { status, body: json ?? text.trimEnd().replaceAll('\r\n', '\n') };
    };

    const answer = { status: expected.status, body: expectedBody(fill(expected.body)) };

    // Imports and the event log work by themselves; what is asked for meanwhile is there a moment later.
    if (method === 'GET') await expect.poll(ask, { timeout: patienceMilliseconds }).toEqual(answer);
    else expect(await ask()).toEqual(answer);
  });
});

/** Whether an example asks for a path of the route table. */
const suits = ({ method, path }: HttpExample, routePath: string): boolean => {
  const pattern = routePath
    .replaceAll('.', '\\.')
    .replace(/\{\w+\}/g, '[^/]+')
    .replace(/\{\w+\+\}/g, '.+');
  return new RegExp(`^${pattern}/?$`).test(`${method} ${path.split('?')[0]}`);
};

/** The value of a variable such as `add.response.body.$.id` in an answer that was given before. */
const answerAt = (answers: ReadonlyMap<string, unknown>, variable: string): string | undefined => {
  const [, name = '', path = ''] = /^(\w+)\.response\.body\.(.+)$/.exec(variable) ?? [];
  return answers.has(name) ? valueAt(answers.get(name), path) : undefined;
};

/** The promised body, JSON or text, with matchers for what differs each time. */
const expectedBody = (text: string): unknown => {
  try {
    return withMatchers(JSON.parse(text));
  } catch {
    return withMatchers(text);
  }
};

const withMatchers = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withMatchers);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withMatchers(member)]));
  }
  return typeof value === 'string' && value in matchers ? matchers[value as keyof typeof matchers] : value;
};

const matchers = {
  '<uuid>': expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  '<time>': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  '<id>': expect.toSatisfy((id: unknown) => Number.isSafeInteger(id) && Number(id) > 0),
  '<number>': expect.any(Number),
  '<text>': expect.any(String),
  '<asked>': expect.objectContaining({ dedupeOn: 'email', restoreDeleted: false }),
  '<settings>': expect.objectContaining({ stage: 'local', defaultCountry: 'UA' }),
  '<count>': expect.any(Number),
  '<counts>': expect.objectContaining({ IMPORT: expect.any(Number) }),
  '<days>': expect.arrayContaining([expect.objectContaining({ created: expect.any(Number), bounces: 0 })]),
  '<imports>': expect.any(Array),
  '<queues>': expect.arrayContaining([expect.objectContaining({ waiting: expect.any(Number) })]),
};
