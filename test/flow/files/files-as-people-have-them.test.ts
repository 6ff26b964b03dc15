import { beforeAll, describe, expect, it } from 'vitest';
import { fileFixtures } from '#test/fixtures/files/all-fixtures.ts';
import type { FileFixture } from '#test/fixtures/files/file-fixture.ts';
import { importFile } from '#test/support/files/upload-flow.ts';
import { encodeText } from '#test/support/files/written-file.ts';
import { contactOf, contactWith, imported, importOver, rowsOf, sharedFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { sized } from '#test/support/soak.ts';
import { everythingIn } from '#test/support/stack-traces.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await sharedFlowStack();
});

const over = async (sessionId: string) => ({ sessionId, ...(await importOver(stack, sessionId)) });

const fileImported = (file: string | Buffer, settings?: object) =>
  importFile(stack, file, { ...settings }).then((sessionId) => over(sessionId));

const rowsCsvOf = async (sessionId: string, outcome = 'failed'): Promise<string> => {
  const { text } = await stack.request('GET', `/admin/v1/imports/${sessionId}/rows.csv?outcome=${outcome}`);
  return text;
};

/** A file that nobody can even offer is refused before. Every day some of each kind, as reading has tests of its own. */
const offered = fileFixtures
  .filter(({ bytes, options }) => bytes.length > 0 && options?.encoding !== 'windows-125I')
  .filter((_, index) => index % sized(4, 1) === 0);

describe('through the whole stack', () => {
  it.concurrent.each(offered.map((fixture) => [fixture.name, fixture] as const))(
    '%s',
    async (_, fixture: FileFixture) => {
      const { bytes, options, settings, expected } = fixture;

      const { sessionId, status, description } = await fileImported(bytes, { ...settings, ...options });

      if ('error' in expected) {
        expect(status).toBe('ERROR');
        expect(description).toMatch(new RegExp(`^${expected.error}: `));
        return;
      }
      const { rows } = expected;
      const failed = rows.flatMap((row) => ('errors' in row ? [`${row.line} ${row.errors[0]}`] : []));
      expect(status).toBe('FINISHED');
      const outcomes = (await rowsOf(stack, sessionId)).toSorted((one, other) => one.row - other.row);
      expect(outcomes.map(({ line }) => line)).toEqual(rows.map(({ line }) => line));
      expect(
        outcomes.flatMap(({ line, outcome, code, field }) =>
          outcome === 'failed' ? [`${line} ${code} ${field}`] : [],
        ),
      ).toEqual(failed);
    },
  );
});

describe('the rows that failed', () => {
  const file = encodeText(
    [
      'Пошта;Ім\u0027я;Місто;Примітка',
      'mend-1@example.com;Іван;Київ;=1+1',
      'mend-2@example;Олена;Львів;x',
      'mend-3@example.com;Петро; мол.;Одеса;+y',
      'mend-4@example.com;"Ганна;Суми;z',
      '',
    ].join('\r\n'),
    'windows-1251',
  );

  it('come back as they were, and are imported once they are mended, with the same request', async () => {
    const settings = { encoding: 'windows-1251' };
    const first = await fileImported(file, settings);
    const csv = await rowsCsvOf(first.sessionId);

    const unmended = await fileImported(csv, settings);
    const better = csv
      .replace('mend-2@example;', 'mend-2@example.com;')
      .replace('Петро; мол.;', 'Петро;')
      .replace('"""Ганна"', 'Ганна');
    const last = await fileImported(better, settings);

    expect(csv.split('\r\n')[0]).toBe("\uFEFFline;error;Пошта;Ім'я;Місто;Примітка");
    expect(csv).toMatch(/^3;INVALID_EMAIL: [^;]*;mend-2@example;Олена;Львів;x$/m);
    expect(csv).toMatch(/^4;RAGGED_ROW: [^;]*;mend-3@example\.com;Петро; мол\.;Одеса;'\+y$/m);
    expect(first.description).toMatch(/4 rows were read: 1 created, .* 3 failed/);
    expect((await rowsOf(stack, unmended.sessionId)).map(({ code }) => code)).toContain('RAGGED_ROW');
    expect(last.description).toMatch(/3 rows were read: .* 0 failed/);
    const found = await stack.request('GET', '/api/v1/contacts?email=mend-3@example.com');
    expect(found.json).toMatchObject([{ firstName: 'Петро', address: { town: 'Одеса' } }]);
  });

  it('are wiped when their person is erased, even where nobody knows which cell is what', async () => {
    const { ids } = await imported(stack, {
      contacts: [contactWith('ragged@example.com', { externalCustomerId: 'ragged-1' })],
    });
    const { sessionId } = await fileImported(
      'email,firstName\n"Rozalinda, ragged@example.com",x,y\nother@example.com,a,b\n',
    );
    const before = await everythingIn(stack);

    await stack.request('DELETE', `/api/v1/contact/${ids[0]}?erase=true`);
    await waitFor('every trace is wiped', async () => !(await everythingIn(stack)).includes('Rozalinda'));

    expect(before).toContain('Rozalinda');
    expect(await rowsCsvOf(sessionId)).toContain('other@example.com,a,b');
  });
});

describe('an update mask', () => {
  it('leaves empty cells alone, and clears blank ones', async () => {
    const channels = [
      { type: 'email', value: 'mask@example.com' },
      { type: 'sms', value: '380671112233' },
    ];
    const { ids } = await imported(stack, { contacts: [{ channels, firstName: 'Ann', lastName: 'Lee' }] });

    await fileImported('email,firstName,lastName,sms\nmask@example.com,,Ray,\n', {
      contactFields: ['firstName', 'lastName', 'sms', 'town'],
    });
    const kept = await contactOf(stack, ids[0]);
    await fileImported('email,firstName,sms\nmask@example.com, , \n', { contactFields: ['firstName', 'sms'] });
    const cleared = await contactOf(stack, ids[0]);

    expect(kept).toMatchObject({ firstName: 'Ann', lastName: 'Ray', channels });
    expect(cleared).toMatchObject({ lastName: 'Ray', channels: channels.slice(0, 1) });
    expect(cleared).not.toHaveProperty('firstName');
  });
});

it('people are told how their file was read', async () => {
  const { sessionId } = await fileImported(encodeText('пошта;Вік\r\nage@example.com;30\r\n', 'windows-1251'));

  expect((await stack.request('GET', `/admin/v1/imports/${sessionId}`)).json).toMatchObject({
    upload: {
      encoding: 'windows-1251',
      delimiter: ';',
      notes: expect.arrayContaining([
        expect.stringMatching(/^Read as windows-1251/),
        "Columns that are not read: 'Вік'",
        'No column says who may be written to: anyone who is new counts as confirmed',
      ]),
    },
  });
});
