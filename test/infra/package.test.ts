import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as source from '#contract/events/events.ts';
import manifest from '../../package/package.json' with { type: 'json' };
import project from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
const compiler = join(root, 'node_modules/typescript/bin/tsc');
/** The last one that knows how projects found types before packages had `exports`. */
const olderCompiler = join(root, 'node_modules/@typescript/typescript6/lib/tsc.js');
const run = (folder: string, command: string, ...args: string[]) => promisify(execFile)(command, args, { cwd: folder });

/** What a consumer has of its own; here they come from this very project, so that nothing is downloaded. */
const ownPackages = ['zod', 'aws-cdk-lib', 'constructs', '@aws-sdk/client-dynamodb', '@types/node'];

let folder = '';
let consumer = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-package-'));
  const packed = join(folder, 'package');
  consumer = join(folder, 'consumer');
  await mkdir(packed);
  await mkdir(consumer);
  await run(root, process.execPath, compiler, '-p', 'package', '--outDir', join(packed, 'dist'));
  await cp(join(root, 'package/package.json'), join(packed, 'package.json'));
  await run(packed, 'npm', 'pack', '--silent', '--pack-destination', folder);
  const own = ownPackages.map((name) => [name, `file:${join(root, 'node_modules', name)}`]);
  const dependencies = Object.fromEntries([...own, ['rollcall', `file:../rollcall-${manifest.version}.tgz`]]);
  await writeFile(join(consumer, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
  await run(consumer, 'npm', 'install', '--offline', '--ignore-scripts', '--install-links=false', '--silent');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const inConsumer = async (code: string): Promise<unknown> => {
  await writeFile(join(consumer, 'run.js'), code);
  return JSON.parse((await run(consumer, process.execPath, 'run.js')).stdout);
};

describe('the package that consumers install', () => {
  it('is of this version, and brings no more than zod', async () => {
    const lock = JSON.parse(await readFile(join(consumer, 'node_modules/.package-lock.json'), 'utf8'));

    expect([manifest.version, manifest.dependencies]).toEqual([project.version, { zod: project.dependencies.zod }]);
    expect(lock.packages['node_modules/rollcall']).toMatchObject({ dependencies: manifest.dependencies });
    const text = await readFile(join(consumer, 'node_modules/rollcall/dist/shared/contract/events/events.js'), 'utf8');
    expect(text.match(/from '.*'/g)).toEqual(["from 'zod/mini'"]);
  });

  it('is read by plain Node', async () => {
    const code = `
      const names = await Promise.all(${JSON.stringify(Object.keys(manifest.exports))}.map(async (path) =>
        Object.keys(await import('rollcall' + path.slice(1)))));
      console.log(JSON.stringify(names));`;

    expect(await inConsumer(code)).toEqual([
      Object.keys(source).sort(),
      ['EventConsumer'],
      ['EventForwarding'],
      ['ForwardedEvents'],
    ]);
  });

  it('is compiled against by plain tsc, and so is the example', async () => {
    const example = join(consumer, 'example');
    await cp(join(root, 'package/examples/drop-repeats'), example, { recursive: true });
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2022',
      strict: true,
      types: ['node'],
      rootDir: 'example',
      outDir: 'out',
    };
    await writeFile(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['example'] }));

    const { stdout } = await run(consumer, process.execPath, compiler, '-p', '.');

    expect(stdout).toBe('');
  });

  it('is read and compiled against by CommonJS, of older projects, too', async () => {
    const code =
      "import { contactEvent } from 'rollcall/events';\nimport { EventConsumer } from 'rollcall/event-consumer';\n";
    await writeFile(join(consumer, 'old.cts'), `${code}console.log(typeof contactEvent, EventConsumer.name);\n`);
    const finding = [
      '--moduleResolution',
      'node10',
      '--esModuleInterop',
      '--ignoreDeprecations',
      '6.0',
      '--ignoreConfig',
    ];
    const options = ['--strict', '--target', 'es2022', '--types', 'node', '--module', 'commonjs', ...finding];

    const { stdout } = await run(consumer, process.execPath, olderCompiler, 'old.cts', ...options);

    expect(stdout).toBe('');
    expect((await run(consumer, process.execPath, 'old.cjs')).stdout).toBe('object EventConsumer\n');
  });

  it('has an example that works on an event once, and again if it failed', async () => {
    const code = `
      import { dropRepeats } from './out/drop-repeats.js';
      const known = new Set(), done = [];
      const memory = {
        begin: async (id) => !known.has(id) && Boolean(known.add(id)),
        finish: async () => {},
        giveUp: async (id) => void known.delete(id),
      };
      const fail = async () => { throw new Error('broken'); };
      await dropRepeats(memory, 'a', fail).catch(({ message }) => done.push(message));
      await dropRepeats(memory, 'a', async () => void done.push('a'));
      await dropRepeats(memory, 'a', async () => void done.push('a again'));
      await dropRepeats(memory, 'b', async () => void done.push('b'));
      console.log(JSON.stringify(done));`;

    expect(await inConsumer(code)).toEqual(['broken', 'a', 'b']);
  });
});
