import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { enginePackageOf, findEngine, pinnedEngineOf } from '#infra/local/table/engine-package.ts';
import { installEngineIfMissing } from '../../../cli/install-engine.ts';

const machines = [
  ['linux', 'x64', 'dynoxide'],
  ['linux', 'arm64', 'dynoxide'],
  ['darwin', 'arm64', 'dynoxide'],
  ['darwin', 'x64', 'dynoxide'],
  ['win32', 'x64', 'dynoxide.exe'],
] as const;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall engine '));
  folders.push(folder);
});

const put = (file: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), '');
};

test.each(machines)('the engine of %s-%s is found by its name there, and by no other', (platform, arch, name) => {
  const place = { platform, arch, folder };
  const file = `node_modules/@dynoxide/${platform}-${arch}/${name}`;

  put(`${file}.txt`);
  expect(findEngine(place)).toBeUndefined();
  put(file);

  expect(findEngine(place)).toBe(join(folder, file));
  expect(pinnedEngineOf(place)).toMatch(new RegExp(`^@dynoxide/${platform}-${arch}@\\d+\\.\\d+\\.\\d+$`));
});

test.each([
  ['win32', 'arm64'],
  ['freebsd', 'x64'],
  ['linux', 'riscv64'],
])('nothing is offered for %s-%s, for which there is no engine', async (platform, arch) => {
  const place = { platform, arch, folder };

  expect(enginePackageOf(place)).toBeUndefined();
  await expect(installEngineIfMissing({ isAsked: true, place })).rejects.toThrow(
    `There is no DynamoDB engine for ${platform}-${arch} in node_modules: set AWS_ENDPOINT_URL_DYNAMODB to any DynamoDB-compatible server.`,
  );
});

describe('a missing engine', () => {
  const offer = (rest: { isAsked: boolean; answer?: string }) => {
    const [place, installed, questions] = [{ platform: 'darwin', arch: 'arm64', folder }, [''], ['']];
    const { answer } = rest;
    const ask = async (question: string) => {
      questions.push(question);
      return answer ?? '';
    };
    const install = async (asked: string) => {
      installed.push(asked);
      put('node_modules/@dynoxide/darwin-arm64/dynoxide');
    };
    const done = installEngineIfMissing({
      isAsked: rest.isAsked,
      place,
      ask: answer === undefined ? undefined : ask,
      install,
    });
    return { done, installed, questions };
  };
  const pinned = () => pinnedEngineOf({ platform: 'darwin', arch: 'arm64', folder }) ?? '';

  test('is installed by its flag, without a question', async () => {
    const { done, installed, questions } = offer({ isAsked: true, answer: 'n' });
    await done;

    expect([installed, questions]).toEqual([['', pinned()], ['']]);
  });

  test.each(['', 'y', 'Yes', ' Y '])('is installed by the answer "%s"', async (answer) => {
    const { done, installed, questions } = offer({ isAsked: false, answer });
    await done;

    expect(installed).toEqual(['', pinned()]);
    expect(questions[1]).toContain(`Install ${pinned()} there with npm?`);
  });

  test.each(['n', 'no', 'whatever', undefined])('is not installed by the answer "%s", but named', async (answer) => {
    const { done, installed } = offer({ isAsked: false, ...(answer !== undefined && { answer }) });

    await expect(done).rejects.toThrow(
      `There is no DynamoDB engine for darwin-arm64 in node_modules: run \`npm start -- --install-engine\` or \`npm install --no-save ${pinned()}\`, or set`,
    );
    expect(installed).toEqual(['']);
  });

  test('that is not in its package is told', async () => {
    const place = { platform: 'darwin', arch: 'x64', folder };

    await expect(installEngineIfMissing({ isAsked: true, place, install: async () => {} })).rejects.toThrow(
      'its engine is not in it',
    );
  });

  test('is not looked for again once it is there', async () => {
    await offer({ isAsked: true }).done;

    const { done, installed, questions } = offer({ isAsked: true, answer: 'y' });
    await done;

    expect([installed, questions]).toEqual([[''], ['']]);
  });
});
