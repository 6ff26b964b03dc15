import { describe, expect, it } from 'vitest';
import { circleIn, files, importsOf, textOf } from '#test/support/imports.ts';

/** What each room may import beside itself: rooms, files at the top of `shared`, and packages. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  'shared/names': [],
  'shared/domain': [],
  'shared/contract': ['shared/names', 'shared/domain', 'shared/identity', 'zod', 'zod-openapi', 'csv-stringify'],
  'shared/identity': ['shared/domain', 'libphonenumber-js', 'node:crypto'],
  'shared/pages': ['shared/names', 'shared/domain'],
  'shared/usecases': ['shared/domain', 'shared/identity'],
  'shared/csv': ['shared/domain', 'saxes', 'yauzl', 'node:'],
  'shared/aws': [
    'shared/names',
    'shared/domain',
    'shared/environment.ts',
    '@aws-sdk/',
    '@smithy/signature-v4',
    'node:',
  ],
  'shared/web': ['shared/domain', 'ipaddr.js', 'node:'],
  'shared/http': [
    'shared/names',
    'shared/contract',
    'shared/domain',
    'shared/log.ts',
    'shared/repeatable-ids.ts',
    'zod',
    '@middy/',
    'aws-lambda',
    'node:',
  ],
  functions: [
    'shared/usecases',
    'shared/identity',
    'shared/pages',
    'shared/csv',
    'shared/web',
    'shared/http',
    'shared/queue.ts',
    'shared/aws',
    'shared/contract',
    'shared/domain',
    'shared/ambient.ts',
    'shared/secret-key.ts',
    'shared/log.ts',
    'shared/settings.ts',
    'shared/page-settings.ts',
    'package.json',
    'aws-lambda',
  ],
  'console/texts': [],
  'console/api': ['openapi-fetch', '@tanstack/react-query', 'react'],
  'console/parts': ['console/texts', 'console/api', 'react', '@mantine/', '@tanstack/'],
  'console/screens': [
    'console/texts',
    'console/api',
    'console/parts',
    'docs',
    'react',
    '@mantine/',
    '@tanstack/',
    'codemirror',
    '@codemirror/',
    '@cfworker/json-schema',
  ],
  console: ['react', 'react-dom', '@mantine/', '@tanstack/', 'vite', '@vitejs/plugin-react', 'node:'],
  infra: [
    'shared/names',
    'shared/contract/operations.ts',
    'aws-cdk-lib',
    'constructs',
    'cdk-nag',
    'esbuild',
    'zod',
    'node:',
  ],
  simulation: ['infra', 'shared/names', 'node:', 'zod'],
  cli: [
    'shared/usecases',
    'shared/aws',
    'shared/domain',
    'shared/names',
    'shared/ambient.ts',
    'shared/identity',
    'shared/secret-key.ts',
    'infra',
    'node:',
    '@aws-sdk/',
    'zod',
  ],
};

/** A file at the top of `shared` that a room may import. */
const topOfShared: Readonly<Record<string, readonly string[]>> = {
  'shared/ambient.ts': ['shared/domain', 'shared/repeatable-ids.ts', 'node:'],
  'shared/repeatable-ids.ts': ['node:'],
  'shared/secret-key.ts': ['shared/identity', 'node:'],
  'shared/log.ts': ['@aws-lambda-powertools/'],
  'shared/queue.ts': ['shared/log.ts', '@aws-lambda-powertools/', 'aws-lambda'],
  'shared/settings.ts': ['shared/names', 'shared/environment.ts'],
  'shared/environment.ts': ['shared/names'],
  'shared/page-settings.ts': ['shared/names', 'shared/settings.ts', 'shared/environment.ts', 'node:'],
};

const roomOf = (file: string): string | undefined => Object.keys(rooms).find((room) => file.startsWith(`${room}/`));

const isWithin = (imported: string, allowed: string): boolean =>
  imported === allowed || imported.startsWith(allowed.endsWith('/') || allowed.endsWith(':') ? allowed : `${allowed}/`);

const strangersIn = (file: string): string[] => {
  const room = roomOf(file);
  const allowed = room === undefined ? topOfShared[file] : [room, ...(rooms[room] ?? [])];
  if (allowed === undefined) return [`${file} is in no room`];
  return importsOf(file)
    .filter((imported) => !allowed.some((one) => isWithin(imported, one)))
    .map((imported) => `${file} imports ${imported}`);
};

describe('rooms', () => {
  it('are judged by every import, those over several lines too', () => {
    expect(importsOf('shared/http/endpoint.ts')).toEqual(
      expect.arrayContaining([
        '@middy/core',
        'shared/domain/ambient.ts',
        'shared/contract/operation.ts',
        'shared/http/answer.ts',
      ]),
    );
    expect(isWithin('shared/aws-other/x.ts', 'shared/aws')).toBe(false);
  });

  it.each([...Object.keys(rooms), 'shared'])('%s imports only what it may', (room) => {
    const inside = files.filter((file) => (room === 'shared' ? roomOf(file) === undefined : roomOf(file) === room));
    const checked = inside.filter((file) => !file.startsWith('infra/local/'));

    expect(checked.flatMap(strangersIn)).toEqual([]);
  });

  it('infra/local loads built functions, not their sources', () => {
    const local = files.filter((file) => file.startsWith('infra/local/'));
    const strangers = local.flatMap((file) =>
      importsOf(file).filter((imported) => /^(functions|shared\/(?!names\/))/.test(imported)),
    );

    expect(strangers).toEqual([]);
  });

  it('no file imports itself by way of others', () => {
    expect(circleIn({ a: ['b', 'c'], b: [], c: ['d'], d: ['c'] })).toEqual(['c', 'd', 'c']);
    expect(circleIn(Object.fromEntries(files.map((file) => [file, importsOf(file)])))).toEqual([]);
  });

  it('no function imports another', () => {
    const others = files
      .filter((file) => file.startsWith('functions/'))
      .flatMap((file) => importsOf(file).filter((imported) => imported.startsWith('functions/')));

    expect(others).toEqual([]);
  });

  it.each(['shared/domain', 'shared/usecases'])('%s reads neither the clock nor chance nor the process', (room) => {
    const impure = files
      .filter((file) => file.startsWith(`${room}/`))
      .filter((file) => /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\./.test(textOf(file)));

    expect(impure).toEqual([]);
  });

  it('only shared/web opens sockets, and nothing fetches past it', () => {
    const openers = files
      .filter((file) => /^(shared|functions)\//.test(file) && roomOf(file) !== 'shared/web')
      .filter(
        (file) =>
          importsOf(file).some((imported) => /^node:(net|tls|https?|http2|dns|dgram)(\/|$)/.test(imported)) ||
          /(?<![.\w])fetch\(/.test(textOf(file)),
      );

    expect(openers).toEqual([]);
  });

  it('no screen imports another noun’s screens but for what a noun is called and how far it has come', () => {
    const shown = /\/(contact-name|contact-columns|import-list|import-progress)\.tsx?$/;
    const nounOf = (file: string) => file.split('/')[2];
    const strangers = files
      .filter((file) => file.startsWith('console/screens/'))
      .flatMap((file) =>
        importsOf(file).filter(
          (imported) =>
            imported.startsWith('console/screens/') && nounOf(imported) !== nounOf(file) && !shown.test(imported),
        ),
      );

    expect(strangers).toEqual([]);
  });

  it('every function is one file', () => {
    const extra = files.filter(
      (file) => file.startsWith('functions/') && !/^functions\/[a-z-]+\/handler\.ts$/.test(file),
    );

    expect(extra).toEqual([]);
  });
});
