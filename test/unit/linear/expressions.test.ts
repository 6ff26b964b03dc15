import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { type Node, parse } from 'acorn';
import { check } from 'recheck';
import { describe, expect, it } from 'vitest';
import { sized } from '#test/support/soak.ts';

const root = join(import.meta.dirname, '../../..');

/** Expressions that were proven before, as proving all of them takes half a minute; `npm run docs` renews the list. */
const provenFile = join(root, 'test/fixtures/proven-expressions.json');
const proven: readonly string[] = JSON.parse(readFileSync(provenFile, 'utf8'));

/** Where an expression is put together while the program runs, and of what: nothing that comes from outside. */
const assembled = { 'shared/csv/likely-words.ts': 'names of scripts' };

interface Expression {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

const expressionsOf = (file: string): { literals: Expression[]; isAssembling: boolean } => {
  const literals: Expression[] = [];
  let isAssembling = false;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { regex, callee } = node as { regex?: { pattern: string; flags: string }; callee?: Node & { name?: string } };
    if (regex) literals.push({ file, ...regex });
    if (callee?.name === 'RegExp') isAssembling = true;
    for (const child of Object.values(node)) visit(child);
  };
  const code = stripTypeScriptTypes(readFileSync(join(root, file), 'utf8'));
  visit(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }));
  return { literals, isAssembling };
};

const sources = globSync('{shared,functions,cli}/**/*.ts', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
const found = sources.map((file) => ({ file, ...expressionsOf(file) }));

/** Expressions of the schema library among them, which it judges texts by before our own code sees them. */
const published: Expression[] = [];
const visitSchema = (node: unknown): void => {
  if (typeof node !== 'object' || node === null) return;
  const { pattern } = node as { pattern?: unknown };
  if (typeof pattern === 'string') published.push({ file: 'docs/openapi.json', pattern, flags: 'u' });
  for (const child of Object.values(node)) visitSchema(child);
};
visitSchema(JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8')));
const expressions = [...found.flatMap(({ literals }) => literals), ...published];
const textOf = ({ pattern, flags }: Pick<Expression, 'pattern' | 'flags'>) => `/${pattern}/${flags}`;

describe('every regular expression on text from outside', () => {
  it('takes a time that grows no faster than its text', { timeout: 300_000 }, async () => {
    const byText = new Map(expressions.map((one) => [textOf(one), one]));
    const unproven = [...byText].filter(([text]) => sized(0, 1) === 1 || !proven.includes(text)).map(([, one]) => one);

    const vulnerable: string[] = [];
    for (const one of unproven) {
      const { status } = await check(one.pattern, one.flags, { timeout: 20_000 });
      if (status !== 'safe') vulnerable.push(`${one.file}: ${textOf(one)} is ${status}`);
    }

    expect(vulnerable).toEqual([]);
    if (process.env.npm_lifecycle_event !== 'docs') return;
    writeFileSync(provenFile, `${JSON.stringify([...byText.keys()].sort(), null, 2)}\n`);
  });

  it('is written out, but for those made of what is known', () => {
    expect(found.filter(({ isAssembling }) => isAssembling).map(({ file }) => file)).toEqual(Object.keys(assembled));
  });

  it('is judged by a checker that finds the slow ones', async () => {
    expect((await check('^(a+)+$', '')).status).toBe('vulnerable');
    expect((await check('/+$', '')).status).toBe('vulnerable');
  });
});
