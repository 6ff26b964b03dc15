import { globSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { OperationDefinition } from '#contract/operation.ts';
import { schemaOf } from '#contract/operation-parts.ts';
import { operations } from '#contract/operations.ts';
import { parse } from '#contract/parse.ts';
import { type Operation, type Route, routes } from '#names/routes.ts';

const root = join(import.meta.dirname, '../../..');
const definitions = Object.entries<OperationDefinition>(operations);

/** What a stage has to say about reading. */
const stage = {
  defaultCountry: 'UA',
  allowsHttp: false,
  maxBytes: 300_000_000,
  honeypotField: '',
  senderAddresses: ['owner@example.com'],
  smsSenders: ['Shop'],
  now: () => '2026-01-05T09:00:00.000Z',
};

const examplesOf = (schema: z.ZodMiniType): readonly unknown[] => z.globalRegistry.get(schema)?.examples ?? [];

describe('the definition of an operation', () => {
  it.each(definitions)('%s has a reader for each parameter of its paths, and no other', (name, { path = {} }) => {
    const { paths }: Route = routes[name as Operation];

    const parameters = paths.flatMap((one) => [...one.matchAll(/\{(\w+)\+?\}/g)].map(([, parameter]) => parameter));

    expect(Object.keys(path)).toEqual([...new Set(parameters)]);
  });

  it.each(definitions)('%s asks for a key unless its route says that it needs none', (name, { access }) => {
    const { isPublic }: Route = routes[name as Operation];

    expect(access === 'public').toBe(isPublic ?? false);
  });

  it('is there for every route, under its own name', () => {
    expect(Object.keys(operations).sort()).toEqual(Object.keys(routes).sort());
    expect(definitions.filter(([name, definition]) => name !== definition.name)).toEqual([]);
  });

  it.each(definitions)('%s has examples that it reads and answers itself', (name, { body, answer }) => {
    const rule = { ...stage, calledPath: routes[name as Operation].paths[0] };
    const read = (given: unknown) =>
      body && ('schema' in body ? body.read(given as never, rule as never) : parse(body, given));

    for (const example of body ? examplesOf(schemaOf(body)) : []) expect(() => read(example)).not.toThrow();
    if (typeof answer === 'string') return;
    for (const example of examplesOf(answer)) expect(answer.parse(example)).toEqual(example);
  });

  it.each(globSync('shared/contract/*/operations.ts', { cwd: root }))(
    '%s is left out of a bundle that uses another one of it',
    async (file) => {
      const [used = '', ...others] = Object.keys(await import(join(root, file)));

      const [output] = buildSync({
        stdin: { contents: `export { ${used} } from './${file}';`, resolveDir: root },
        bundle: true,
        format: 'esm',
        write: false,
      }).outputFiles;

      const holds = (name: string) => output?.text.includes(`name: "${name}"`);
      expect(holds(used)).toBe(true);
      expect(others.filter(holds)).toEqual([]);
    },
  );
});
