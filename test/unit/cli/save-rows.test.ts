import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { saveRows } from '../../../cli/save-rows.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-rows-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const parts = [
  '\uFEFFline;error;name\r\n2;X: y;"Ann\r\nor not"\r\n;MORE_ROWS: at /second;\r\n',
  '\uFEFFline;error;name\r\n9;X: y;Bo\r\n;MORE_ROWS: at /third;\r\n',
  '\uFEFFline;error;name\r\n10;X: y;Cy\r\n',
];

it('saves all parts as one file with one header, and leaves out the lines that say that there are more', async () => {
  const paths = ['/first', '/second', '/third'];
  const client = {
    url: '',
    call: async (_method: string, path: string) => {
      const index = paths.indexOf(path);
      return { text: parts[index] ?? '', next: paths[index + 1] };
    },
  };
  const file = join(folder, 'failed.csv');

  const rows = await saveRows(client, '/first', file);

  expect(rows).toBe(3);
  expect(await readFile(file, 'utf8')).toBe(
    '\uFEFFline;error;name\r\n2;X: y;"Ann\r\nor not"\r\n9;X: y;Bo\r\n10;X: y;Cy\r\n',
  );
});
