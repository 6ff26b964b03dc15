import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync } from 'esbuild';
import { beginSite, stubSite } from './console-site.ts';
import { builtOnce } from './kept-bundles.ts';
import { withPlainSchemas } from './plain-schemas.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The built functions: a folder each, holding `index.mjs`. */
export interface Bundles {
  /** The folder of a function's bundle. */
  folderOf(functionName: string): string;
  /** Bytes of each function's `index.mjs`, by function. */
  readonly sizes: Readonly<Record<string, number>>;
}

/**
 * Bundles functions into one minified ES module each under `folder`, or copies what was bundled from the same sources before.
 * @throws Error that lists the functions without `functions/<name>/handler.ts`.
 */
export const bundleFunctions = (names: readonly string[], folder: string): Bundles => {
  const missing = names.filter((name) => !existsSync(sourceOf(name)));
  if (missing.length > 0) {
    throw new Error(`These functions have no functions/<name>/handler.ts: ${missing.join(', ')}`);
  }
  const site = names.includes(siteFunction) ? beginSite(join(folder, siteFunction)) : undefined;
  builtOnce(names, folder, build);
  site?.finish();
  return {
    folderOf: (name) => join(folder, name),
    sizes: Object.fromEntries(names.map((name) => [name, sizeOf(name, folder)])),
  };
};

/** Puts an empty module in the place of each bundle: enough for tests of the template. */
export const stubFunctions = (names: readonly string[], folder: string): Bundles => {
  for (const name of names) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'index.mjs'), 'export const handler = async () => {};\n');
    if (name === siteFunction) stubSite(join(folder, name));
  }
  return { folderOf: (name) => join(folder, name), sizes: {} };
};

/** Bytes that a function's bundle has at most. */
export const mostBundleBytes = 600_000;

/** The function that serves the console, whose files lie beside it. */
const siteFunction = 'show-console';

const sourceOf = (name: string) => join(root, 'functions', name, 'handler.ts');

const build = (names: readonly string[], folder: string): void => {
  bundleEntries(
    names.map((name) => [name, sourceOf(name)]),
    folder,
  );
  const large = names.filter((name) => sizeOf(name, folder) > largeBytes);
  if (large.length > 0) bundleAgain(large, folder);
};

const sizeOf = (name: string, folder: string): number => statSync(join(folder, name, 'index.mjs')).size;

/** From this size on a function is worth bundling once more. */
const largeBytes = 500_000;

/** Bundles functions with plain schemas, of which those that are never used can be left out. */
const bundleAgain = (names: readonly string[], folder: string): void => {
  const entryPoints = names.map((name) => ({ in: sourceOf(name), out: join(name, 'index') }));
  const { outputFiles } = buildSync({ ...bundling, entryPoints, outdir: folder, write: false });
  for (const { path, text } of outputFiles) writeFileSync(path, withPlainSchemas(text));
  bundleEntries(
    names.map((name) => [name, join(folder, name, 'index.mjs')]),
    folder,
  );
};

/** Bundles modules, each from its entry into a folder of its name, as functions are. */
export const bundleEntries = (entries: readonly (readonly [name: string, file: string])[], folder: string): void => {
  const entryPoints = entries.map(([name, file]) => ({ in: file, out: join(name, 'index') }));
  buildSync({ ...bundling, entryPoints, outdir: folder, allowOverwrite: true, minify: true });
};

/**
 * What the SDK would load on demand and never does here: Lambda hands credentials over by the environment, so it never
 * looks for them elsewhere. Together they would be a quarter of a bundle.
 */
const neverLoaded = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/** CommonJS packages ask for Node's own modules by `require`, which ES modules do not have. */
const requireForPackages =
  'globalThis.require??=process.getBuiltinModule("node:module").createRequire(import.meta.url);';

const bundling = {
  // Words of other alphabets are three times as long where they are escaped.
  charset: 'utf8',
  absWorkingDir: root,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  legalComments: 'none',
  banner: { js: requireForPackages },
  external: neverLoaded,
  alias: {
    '@smithy/core/event-streams': './infra/no-event-streams.ts',
    '@aws-sdk/endpoint-cache': './infra/no-endpoint-cache.ts',
    'node:http': './infra/no-fetch-in-http.ts',
  },
  logLevel: 'warning',
} as const satisfies BuildOptions;
