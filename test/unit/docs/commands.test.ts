import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readImportArguments } from '../../../cli/import-arguments.ts';
import { readKeyArguments } from '../../../cli/key-arguments.ts';
import { readSmokeArguments } from '../../../cli/smoke/smoke-arguments.ts';
import manifest from '../../../package.json' with { type: 'json' };

/* A reader copies these commands: each has to be one that there is, with options that it has. */

const root = join(import.meta.dirname, '../../..');
const documents = ['README.md', 'CONTRIBUTING.md', 'stages/*.md', 'package/*.md', 'docs/*.md', 'docs/guides/*.md'];

const start = (name: string) => new RegExp(`^(?:\\w+=\\S+ )*npm run ${name} -- `);

interface Command {
  readonly file: string;
  readonly text: string;
}

/** Each line of a shell in the documents, with its continuation lines, without its comment. */
const lines: readonly Command[] = documents
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .flatMap((file) => {
    const blocks = readFileSync(join(root, file), 'utf8').matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm);
    return [...blocks].flatMap(([, block = '']) =>
      block
        .replaceAll(/\\\n/g, ' ')
        .split('\n')
        .map((line) => ({ file, text: line.replace(/\s#\s.*$/, '').trim() })),
    );
  });

/** Each command by itself: what stands between `&&`, `|` and `;`. */
const commands = lines.flatMap(({ file, text }) =>
  text.split(/\s*(?:&&|\|{1,2}|;)\s*/).map((command) => ({ file, text: command })),
);

/** What follows `beginning` in each command that begins with it, in words as a shell makes them. */
const argumentsAfter = (beginning: RegExp): [string, string[]][] =>
  commands.flatMap(({ file, text }) => {
    const rest = text.split(beginning)[1];
    if (rest === undefined || /…|<\w+>/.test(text)) return [];
    const words = [...rest.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)];
    return [[`${file}: ${text}`, words.map(([, double, single, plain]) => double ?? single ?? plain ?? '')]];
  });

/** The scripts that a document names, in its text, too. */
const scripts = documents
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/npm run ([a-z]+(?::[a-z]+)*)/g)].map(([, name = '']) => ({
      file,
      name,
    })),
  );

describe('commands of the documents', () => {
  it('are scripts that there are', () => {
    expect(scripts.length).toBeGreaterThan(30);
    expect(scripts.filter(({ name }) => !(name in manifest.scripts))).toEqual([]);
  });

  it.each(argumentsAfter(start('key')))('name options of keys: %s', (_, args) => {
    expect(() => readKeyArguments(args, undefined)).not.toThrow();
  });

  it.each(argumentsAfter(start('import')))('name options of imports: %s', (_, args) => {
    expect(() => readImportArguments(args, {})).not.toThrow();
  });

  it.each(argumentsAfter(start('smoke')))('name options of the smoke test: %s', (_, args) => {
    expect(() => readSmokeArguments(args, {})).not.toThrow();
  });

  it('run test files that there are', () => {
    const files = commands.flatMap(({ text }) =>
      [...text.matchAll(/\btest\/[\w/.-]+\.test\.ts/g)].map(([file]) => file),
    );

    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('search what the CDK says where it says it: it tells differences to standard error', () => {
    const piped = lines.filter(({ text }) => /cdk (?:diff|deploy)\b.*[^|]\|[^|]/.test(text));

    expect(piped.length).toBeGreaterThan(0);
    expect(piped.filter(({ text }) => !/2>&1 \|/.test(text))).toEqual([]);
  });
});
