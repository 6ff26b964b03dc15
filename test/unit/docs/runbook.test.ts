import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const text = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
const [setUp = '', ...commands] = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);

/** Names that a block of shell code gives a value or a meaning. */
const definedBy = (block: string): string[] => [
  ...[...block.matchAll(/(?:^|\s)([A-Z_]+)=/gm)].map(([, name = '']) => name),
  ...[...block.matchAll(/^([a-z]+)\(\)/gm)].map(([, name = '']) => name),
];

test.each(commands)('a command uses no variable and no word that nothing has set: %s', (block) => {
  const known = new Set([...definedBy(setUp), ...definedBy(block)]);
  const variables = [...block.matchAll(/\$([A-Z_]+)/g)].map(([, name = '']) => name);
  const words = block
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
    .filter((word) => /^[a-z]+$/.test(word) && word !== 'aws');

  const unset = [...variables, ...words].filter((name) => !known.has(name));

  expect(unset).toEqual([]);
});

test('the first block sets what the others use', () => {
  expect(definedBy(setUp)).toEqual(
    expect.arrayContaining(['STAGE', 'REGION', 'ACCOUNT', 'TABLE', 'URL', 'peek', 'move', 'errors']),
  );
  expect(commands.length).toBeGreaterThan(10);
});
