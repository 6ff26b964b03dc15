import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtOnce, fingerprintOf } from '#infra/kept-bundles.ts';
import { temporaryFolder } from './synthesized.ts';

/** A build that writes a file for each function, and the functions that it was called for. */
const watchedBuild = () => {
  const built: (readonly string[])[] = [];
  const build = (names: readonly string[], folder: string) => {
    built.push(names);
    for (const name of names) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'index.mjs'), 'export {};');
    }
  };
  return { build, built };
};

describe('functions that were bundled from the same sources before', () => {
  test('are not bundled again, and whoever asks has files of its own', () => {
    const [keptIn, first, second] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    const { build, built } = watchedBuild();

    builtOnce(['one'], first, build, { keptIn });
    writeFileSync(join(first, 'one', 'index.mjs'), 'changed');
    builtOnce(['one'], second, build, { keptIn });

    expect(built).toEqual([['one']]);
    expect(readFileSync(join(second, 'one', 'index.mjs'), 'utf8')).toBe('export {};');
  });

  test('are left out where others are bundled', () => {
    const [keptIn, folder] = [temporaryFolder(), temporaryFolder()];
    const { build, built } = watchedBuild();

    builtOnce(['one', 'two'], temporaryFolder(), build, { keptIn });
    builtOnce(['two', 'three'], folder, build, { keptIn });

    expect(built).toEqual([['one', 'two'], ['three']]);
    expect(readdirSync(folder).sort()).toEqual(['three', 'two']);
  });

  test('are not kept where bundling failed', () => {
    const [keptIn, folder] = [temporaryFolder(), temporaryFolder()];
    const { build, built } = watchedBuild();
    const fail = () => {
      throw new Error('No such module');
    };

    expect(() => builtOnce(['one'], folder, fail, { keptIn })).toThrow('No such module');
    builtOnce(['one'], folder, build, { keptIn });

    expect(built).toHaveLength(1);
  });
});

describe('the fingerprint of what bundles are made of', () => {
  const made = (files: Readonly<Record<string, string>>) => {
    const base = temporaryFolder();
    mkdirSync(join(base, 'shared/room'), { recursive: true });
    for (const [path, text] of Object.entries(files)) writeFileSync(join(base, path), text);
    return fingerprintOf(base, ['shared', 'lock.json']);
  };
  const files = { 'shared/a.ts': 'a', 'shared/room/b.ts': 'b', 'lock.json': '1' };

  test('is the same for the same files, wherever they lie', () => {
    expect(made(files)).toBe(made({ ...files }));
  });

  test.each([
    ['a source changes', { ...files, 'shared/room/b.ts': 'c' }],
    ['a source comes', { ...files, 'shared/c.ts': '' }],
    ['a package changes', { ...files, 'lock.json': '2' }],
    ['a source has another name', { 'shared/z.ts': 'a', 'shared/room/b.ts': 'b', 'lock.json': '1' }],
  ])('is another one where %s', (_, changed) => {
    expect(made(changed)).not.toBe(made(files));
  });
});

test('bundles of five trees are kept, those that were used last', () => {
  const keptIn = temporaryFolder();
  for (const name of ['1', '2', '3', '4', '5']) {
    mkdirSync(join(keptIn, name));
    utimesSync(join(keptIn, name), 1, Number(name));
  }

  builtOnce(['one'], temporaryFolder(), watchedBuild().build, { keptIn });

  const [, ...others] = readdirSync(keptIn).sort((one, other) => other.length - one.length || one.localeCompare(other));
  expect(others).toEqual(['2', '3', '4', '5']);
});
