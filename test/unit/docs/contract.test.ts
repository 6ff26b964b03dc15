import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const contract = readFileSync(join(root, 'docs/contract.md'), 'utf8');

/** Where sections are cited: in sources, in comments of tests and in documents. */
const rooms = ['bench', 'cli', 'docs', 'functions', 'infra', 'shared', 'test'];

const sources = rooms.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|js|md|http)$/.test(file))
    .map((file) => join(root, room, file)),
);

const section = String.raw`\d+(?:\.\d+)?`;
const citation = new RegExp(String.raw`\bcontract (${section}(?:(?:, | and | or )${section})*)`, 'gi');

/** The sections that a text cites as "contract 4.2" or "contract 1.3, 2 and 3.5", also across the lines of a comment. */
const citedBy = (text: string): string[] =>
  [...text.replaceAll(/\s*\n[\s*/]*/g, ' ').matchAll(citation)].flatMap(([, list = '']) => list.split(/, | and | or /));

const sections = new Set([
  ...[...contract.matchAll(/^#{2,3} (\d+(?:\.\d+)?)/gm)].map(([, number = '']) => number),
  ...[...contract.matchAll(/^\| (\d+\.\d+) \|/gm)].map(([, number = '']) => number),
]);

const cited = sources.flatMap((source) =>
  citedBy(readFileSync(source, 'utf8')).map((number) => [relative(root, source), number] as const),
);

test('every section of the contract that is cited anywhere exists', () => {
  const missing = cited.filter(([, number]) => !sections.has(number));

  expect(missing).toEqual([]);
});

test('citations are found: in one line, in lists, and across the lines of a comment', () => {
  const comment = '/**\n * A name (contract\n * 2.7), read by contract 1.3, 2 and 3.5; Contract 4.2. */';

  expect(citedBy(comment)).toEqual(['2.7', '1.3', '2', '3.5', '4.2']);
  expect(cited.length).toBeGreaterThan(200);
});
