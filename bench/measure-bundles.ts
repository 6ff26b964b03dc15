import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleEntries, bundleFunctions, mostBundleBytes } from '#infra/bundles.ts';
import { functionNamesOf } from '#infra/function-names.ts';
import { settingsOf } from '#infra/settings.ts';
import { synthesize } from '#infra/synthesize.ts';
import { functionEnvironmentsIn } from '#test/support/function-environments.ts';
import type { Figure } from './figure.ts';
import { loadTimes } from './load-times.ts';
import type { Progress } from './progress.ts';

/** The functions whose callers wait for them, and how much longer than the bare client they may take to load. */
const awaited = ['subscribe-contact', 'add-contact', 'add-contacts', 'search-contacts'];
const mostTimesBare = 1.6;

/**
 * Builds every function as a deployment does, and takes its size and the time that a fresh process needs to load it with
 * the variables of its template, beside a bare client of DynamoDB that was bundled by the same options.
 */
export const measureBundles = async (rounds: number, progress: Progress): Promise<Figure[]> => {
  progress.step('Bundling and loading the functions');
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  try {
    const settings = settingsOf('local');
    const names = functionNamesOf(settings);
    const outdir = join(folder, 'cdk.out');
    const environments = functionEnvironmentsIn(
      synthesize(settings, { outdir, validate: false, stubs: true }).template,
    );
    const { sizes } = bundleFunctions(names, folder);
    bundleEntries([['bare-client', fileURLToPath(new URL('bare-client.ts', import.meta.url))]], folder);

    let loaded = 0;
    const modules = ['bare-client', ...names].map((name) => ({
      file: join(folder, name, 'index.mjs'),
      environment: { ...onLambda, ...environments.get(name) },
    }));
    const [bare = 0, ...times] = await loadTimes(modules, rounds, () => progress.at(++loaded, rounds * modules.length));
    const functions = names.map((name, at) => ({ name, bytes: sizes[name] ?? 0, milliseconds: times[at] ?? 0 }));
    return [
      ...functions.filter(({ name }) => awaited.includes(name)).map((loading) => loadFigure(loading, bare)),
      ...functions.toSorted((one, other) => other.bytes - one.bytes).map(sizeFigure),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** By which functions know that they run for callers, and must have all their variables. */
const onLambda = { AWS_LAMBDA_FUNCTION_NAME: 'bench', AWS_REGION: 'us-east-1' };

interface Loading {
  readonly name: string;
  readonly bytes: number;
  readonly milliseconds: number;
}

const loadFigure = ({ name, milliseconds }: Loading, bare: number): Figure => ({
  what: `loading ${name}, beside the bare client of DynamoDB`,
  value: milliseconds / bare,
  unit: 'times',
  bound: { most: mostTimesBare },
  detail: `${milliseconds.toFixed(0)} ms of processor time, bare ${bare.toFixed(0)} ms`,
});

const sizeFigure = ({ name, bytes, milliseconds }: Loading): Figure => ({
  what: `bundle ${name}`,
  value: bytes / 1000,
  unit: 'kB',
  bound: { most: mostBundleBytes / 1000 },
  detail: `loads in ${milliseconds.toFixed(0)} ms of processor time`,
});
