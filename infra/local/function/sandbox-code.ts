import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

let built: URL | undefined;

/** What a sandbox's thread runs, as JavaScript: loading TypeScript would double the time that each takes to start. */
export const sandboxCode = (): URL => {
  built ??= new URL(`data:text/javascript,${encodeURIComponent(bundle())}`);
  return built;
};

const bundle = (): string => {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('./bootstrap.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
  });
  return outputFiles[0]?.text ?? '';
};
