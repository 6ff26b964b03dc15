import { describe, expect, it } from 'vitest';
import { rememberFields } from '#aws/fields/field-memory.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

const watched = () => {
  let time = 1_000_000;
  let readings = 0;
  const { fields } = memoryPorts({
    step: async (name) => {
      if (name === 'listFields') readings += 1;
    },
  });
  return {
    fields,
    memory: rememberFields(fields, () => time),
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    readings: () => readings,
  };
};
const card = { group: 'Personal', name: 'Card', key: 'CARD', type: 'textfield', identifier: true } as const;

describe('remembered custom fields', () => {
  it('are read once a minute', async () => {
    const { memory, pass, readings } = watched();

    await memory.knowing([1]);
    await memory.knowing([1, 2]);
    expect(readings()).toBe(1);

    pass(60_000);
    await memory.knowing([1]);
    expect(readings()).toBe(2);
  });

  it('are read again where one is unknown, so that a new field works at once', async () => {
    const { fields, memory } = watched();
    await memory.knowing([1]);

    const created = await fields.create(card);
    const known = await memory.knowing([created?.id ?? 0]);

    expect(known.get(created?.id ?? 0)).toEqual(created);
  });

  it('are recalled without reading', async () => {
    const { memory, readings } = watched();

    expect(memory.recalled().size).toBe(0);
    await memory.knowing([1]);
    expect([...memory.recalled().keys()]).toEqual([1, 2]);
    expect(readings()).toBe(1);
  });
});
