import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMentions } from '#domain/erasure/mentions.ts';

test('the last chunk that mentions a text is known, in whatever order chunks are noted, and 0 of what none mentions', () => {
  const note = fc.record({ text: fc.string({ maxLength: 3 }), chunk: fc.integer({ min: 1, max: 4_000_000_000 }) });

  fc.assert(
    fc.property(fc.array(note), fc.string({ maxLength: 3 }), (notes, other) => {
      const mentions = createMentions();
      const expected = new Map<string, number>();

      for (const { text, chunk } of notes) {
        mentions.note(text, chunk);
        expected.set(text, Math.max(chunk, expected.get(text) ?? 0));
      }

      expect([...expected.keys(), other].map((text) => mentions.lastOf(text))).toEqual([
        ...expected.values(),
        expected.get(other) ?? 0,
      ]);
    }),
  );
});

test('very many texts are told apart', () => {
  const mentions = createMentions();
  const texts = Array.from({ length: 200_000 }, (_, number) => `EMAIL#customer.${number}@shop.example.com`);

  texts.forEach((text, index) => {
    mentions.note(text, index + 1);
  });

  expect(texts.findIndex((text, index) => mentions.lastOf(text) !== index + 1)).toBe(-1);
  expect(mentions.lastOf('EMAIL#customer.200000@shop.example.com')).toBe(0);
});
