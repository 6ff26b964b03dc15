import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { startDynamoDb } from '#infra/local/table/dynamodb.ts';
import { findEngine, pinnedEngineOf } from '#infra/local/table/engine-package.ts';
import { installEngineIfMissing } from '../../../cli/install-engine.ts';

const closers: (() => unknown)[] = [];
afterAll(async () => {
  vi.unstubAllEnvs();
  for (const close of closers.reverse()) await close();
});

/** Stands for a binary of another platform: answers on the port that it is given. */
const engine = `#!${process.execPath}
const at = (name) => process.argv[process.argv.indexOf(name) + 1];
require('node:http').createServer((_, answer) => answer.end('engine')).listen(Number(at('--port')), at('--host'));
`;

/** A registry of one package, as npm asks it. */
const serveRegistry = async (name: string, version: string, tarball: Buffer): Promise<string> => {
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    if (request.url?.endsWith('.tgz')) return void response.end(tarball);
    const dist = { tarball: `http://127.0.0.1:${port}/engine.tgz` };
    const versions = { [version]: { name, version, dist } };
    response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
  }).listen(0, '127.0.0.1');
  closers.push(() => server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

test('the engine of another platform is installed by npm at the pinned version, found by its name there, and started without a shell', async () => {
  const root = await mkdtemp(join(tmpdir(), 'rollcall-test-'));
  closers.push(() => rm(root, { recursive: true, force: true }));
  const [folder, source] = [join(root, "a folder's $name"), join(root, 'source')];
  const place = { platform: 'win32', arch: 'x64', folder };
  const [, name = '', version = ''] = /^(.+)@(.+)$/.exec(pinnedEngineOf(place) ?? '') ?? [];
  await Promise.all([folder, source].map((it) => mkdir(it)));
  await writeFile(join(folder, 'package.json'), '{"name": "a-project", "version": "1.0.0"}');
  await writeFile(join(source, 'package.json'), JSON.stringify({ name, version }));
  await writeFile(join(source, 'dynoxide.exe'), engine, { mode: 0o755 });
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json'], { cwd: source, encoding: 'utf8' }));
  const registry = await serveRegistry(name, version, await readFile(join(source, packed.filename)));
  vi.stubEnv('npm_config_registry', registry);
  vi.stubEnv('npm_config_cache', join(root, 'cache'));

  await installEngineIfMissing({ isAsked: true, place });

  expect(findEngine(place)).toBe(join(folder, 'node_modules', name, 'dynoxide.exe'));
  expect(await readFile(join(folder, 'package.json'), 'utf8')).toBe('{"name": "a-project", "version": "1.0.0"}');
  const running = await startDynamoDb({ dataDir: undefined, endpoint: undefined, place });
  expect(await (await fetch(running.endpoint)).text()).toBe('engine');
  await running.stop();
  await expect(fetch(running.endpoint)).rejects.toThrow();
});
