import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtOnce } from '#infra/kept-bundles.ts';
import { temporaryFolder } from './synthesized.ts';

/** A build that writes one file, and the folders that it was given. */
const watchedBuild = () => {
  const builtInto: string[] = [];
  const build = (folder: string) => {
    mkdirSync(join(folder, 'function'));
    writeFileSync(join(folder, 'function', 'index.mjs'), 'export {};');
    builtInto.push(folder);
  };
  return { build, builtInto };
};

describe('functions that were bundled from the same sources before', () => {
  test('are not bundled again, and whoever asks has files of its own', () => {
    const [keptIn, first, second] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    const { build, builtInto } = watchedBuild();

    builtOnce(['one'], first, build, keptIn);
    writeFileSync(join(first, 'function', 'index.mjs'), 'changed');
    builtOnce(['one'], second, build, keptIn);

    expect(builtInto).toHaveLength(1);
    expect(readFileSync(join(second, 'function', 'index.mjs'), 'utf8')).toBe('export {};');
  });

  test('are bundled again with other functions', () => {
    const keptIn = temporaryFolder();
    const { build, builtInto } = watchedBuild();

    builtOnce(['one'], temporaryFolder(), build, keptIn);
    builtOnce(['one', 'two'], temporaryFolder(), build, keptIn);

    expect(builtInto).toHaveLength(2);
  });

  test('are not kept where bundling failed', () => {
    const [keptIn, folder] = [temporaryFolder(), temporaryFolder()];
    const { build, builtInto } = watchedBuild();
    const fail = () => {
      throw new Error('No such module');
    };

    expect(() => builtOnce(['one'], folder, fail, keptIn)).toThrow('No such module');
    builtOnce(['one'], folder, build, keptIn);

    expect(builtInto).toHaveLength(1);
  });

  test('are forgotten after five others', () => {
    const keptIn = temporaryFolder();
    const { build, builtInto } = watchedBuild();

    for (const name of ['1', '2', '3', '4', '5', '6', '1']) builtOnce([name], temporaryFolder(), build, keptIn);

    expect(builtInto).toHaveLength(7);
    expect(readdirSync(keptIn)).toHaveLength(5);
  });
});
