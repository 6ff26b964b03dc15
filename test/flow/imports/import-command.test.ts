import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, testKey } from '#test/support/local-stack.ts';

let stack: TestStack;
let folder: string;
beforeAll(async () => {
  stack = await sharedFlowStack();
  folder = await mkdtemp(join(tmpdir(), 'rollcall-import-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const script = fileURLToPath(new URL('../../../cli/import.ts', import.meta.url));

const run = (args: readonly string[]) =>
  new Promise<{ code: number | null; out: string; error: string }>((resolve) => {
    const child = execFile(process.execPath, [script, ...args], (_, out, error) =>
      resolve({ code: child.exitCode, out, error }),
    );
  });

const there = () => ['--url', stack.url, '--key', testKey];

const fileWith = async (name: string, text: string): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
};

describe('npm run import', () => {
  it('makes segments of tags, counts warnings by column, and fails by them where it is strict', async () => {
    const file = await fileWith(
      'tags.csv',
      'email,Tags,Phone\none@tags.example,"VIP, Blog",\ntwo@tags.example,vip,12\n',
    );
    const options = ['--tags-to-segments', ...there()];

    const tried = await run([file, '--dry-run', ...options]);
    const done = await run([file, ...options]);
    const strict = await run([file, '--strict', ...options]);

    expect([tried.code, done.code, strict.code]).toEqual([0, 0, 1]);
    expect(tried.out).toContain('Segments of tags, would be made: VIP, Blog');
    expect(done.out).toMatch(/^FINISHED: 2 rows, with 1 warning/);
    expect(done.out).toMatch(/INVALID_PHONE: .*\n {4}1 x in Phone\n/);
    expect(strict.out).toContain('Segments of tags, there before: VIP, Blog');
    const [, id = ''] = /imports\/([0-9a-f-]{36})\/rows/.exec(done.out) ?? [];
    const rows = await stack.request('GET', `/admin/v1/imports/${id}/rows?outcome=warned`);
    expect(rows.json).toMatchObject({ items: [{ row: 2, warnings: [{ code: 'INVALID_PHONE', field: 'Phone' }] }] });
    const segments = await stack.request('GET', '/admin/v1/segments');
    expect(segments.json).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ name: 'VIP', memberCount: 2 }),
        expect.objectContaining({ name: 'Blog', memberCount: 1 }),
      ]),
    });
  });

  it('tries a file, imports it, and leaves the rows that failed to be mended', async () => {
    const file = await fileWith(
      'some.csv',
      'Mail;Vorname\none@example.com;Ann\nnobody;"Bo\nor not"\ntwo@example.com;Cy\n',
    );
    const failedFile = join(folder, 'failed.csv');
    const options = ['--map', 'Vorname=firstName', '--groups', 'From a file', ...there()];

    const tried = await run([file, '--dry-run', ...options]);
    const done = await run([file, '--failed', failedFile, ...options]);

    expect(tried).toMatchObject({ code: 1 });
    expect(tried.out).toContain('FINISHED: 3 rows were tried');
    expect(tried.out).toMatch(/created +2\n.*updated +0\n.*unchanged +0\n.*skipped +0\n.*failed +1\n/s);
    expect(tried.out).toContain('/rows.csv?outcome=failed');
    expect(done).toMatchObject({ code: 1 });
    expect(done.out).toMatch(/created +2\n/);
    expect(done.out).toContain(`Saved 1 rows that failed in ${failedFile}`);
    expect(done.error).toMatch(/^Import [0-9a-f-]{36} is queued$/m);
    // With its byte order mark, by which it is read when it is sent again, whatever the options say.
    expect(await readFile(failedFile, 'utf8')).toMatch(/^\uFEFFline;error;[\s\S]*nobody/);
  });

  it('ends well where every row did', async () => {
    const file = await fileWith('good.csv', 'email\nthree@example.com\n');

    const first = await run([file, ...there()]);
    const again = await run([file, ...there()]);

    expect(first).toMatchObject({ code: 0 });
    expect(again.out).toMatch(/unchanged +1\n/);
  });

  it('says what is wrong with a file, a key, an address and an option', async () => {
    const pdf = await fileWith('a.csv', '%PDF-1.7\n%âãÏÓ\n1 0 obj\n');
    const good = await fileWith('b.csv', 'email\nfour@example.com\n');

    const [unreadable, unknownKey, nowhere, absent, unclear, badValue] = await Promise.all([
      run([pdf, ...there()]),
      run([good, '--url', stack.url, '--key', 'another-key']),
      run([good, '--url', 'http://127.0.0.1:65533', '--key', testKey]),
      run([join(folder, 'none.csv'), ...there()]),
      run([good, '--dedupe', 'email']),
      run([good, '--dedupe-on', 'name', ...there()]),
    ]);

    expect(unreadable.code).toBe(1);
    expect(unreadable.out).toMatch(/^ERROR: 0 rows\n\S/);
    expect(unknownKey).toMatchObject({ code: 1, error: 'The API key is not known there (401)\n' });
    expect(nowhere).toMatchObject({ code: 1, error: 'http://127.0.0.1:65533 cannot be reached (ECONNREFUSED)\n' });
    expect(absent).toMatchObject({ code: 1, error: `There is no file ${join(folder, 'none.csv')}\n` });
    expect(unclear.code).toBe(2);
    expect(unclear.error).toContain('npm run import -- <file>');
    expect(badValue.code).toBe(1);
    expect(badValue.error).toContain('dedupeOn');
  });
});
