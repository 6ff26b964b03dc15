import { describe, expect, it } from 'vitest';
import { namedColumns } from '#contract/files/file-preview.ts';
import { personalFields } from '#domain/fields/personal-fields.ts';
import { fileFormat } from '#test/support/makers.ts';

const definitions = new Map(personalFields.map((field) => [field.id, field]));

describe('the preview of a file', () => {
  it('tells what each column is taken for, and which says who may be written to', () => {
    const header = ['E-mail', 'Accepts SMS Marketing', 'Newsletter', 'Colour'];
    const sample = [['a@example.com', 'no', 'sometimes', 'red']];

    const { columns } = namedColumns(fileFormat({ header, width: 4 }), { options: {}, definitions }, sample);

    expect(columns).toEqual([
      { index: 0, header: 'E-mail', target: 'email' },
      { index: 1, header: 'Accepts SMS Marketing', target: 'smsSubscribed' },
      { index: 2, header: 'Newsletter', target: 'emailSubscribed', unclear: expect.stringContaining("'sometimes'") },
      { index: 3, header: 'Colour' },
    ]);
  });
});
