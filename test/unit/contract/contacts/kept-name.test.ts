import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptName } from '#contract/contacts/kept-name.ts';

const kept = (text: string) => keptName(text, 40);

describe('a name', () => {
  it.each([
    'first_name',
    'John & Jane',
    'A+B',
    'Іван (Київ)',
    'ООО "Ромашка"',
    'José (work)',
    'Müller & Söhne GmbH',
    'Ann 1234',
    '12345',
    '!!!',
    'J@hn',
    'john@example.com',
    'A$AP {Rocky'.replace('{', ''),
    'Booking.com',
    'Ann/Bob',
    'д/о',
    '50% off',
    'Müller: Söhne',
    '50% of 20%',
    '#1 #iffy',
    "D'Artagnan",
    '李小龍',
    '👩‍👩‍👧 Ann',
    'a'.repeat(40),
  ])('is kept as it is: %s', (name) => {
    expect(kept(name)).toEqual({ name });
  });

  it.each([
    ['<b>Ann</b>', 'Ann'],
    ['Ann <ann@example.com>', 'Ann'],
    ['a < b', 'a b'],
    ['<script>alert(1)</script>Ann', 'alert(1) Ann'],
    ['Ann https://evil.example/x', 'Ann'],
    ['Ann (http://evil.example) Lee', 'Ann Lee'],
    ['www.evil.example Ann', 'Ann'],
    ['Ann evil.example/win', 'Ann'],
    ['javascript:alert(1) Ann', 'Ann'],
    ['Ann ${7*7}', 'Ann'],
    ['Ann #{7*7} *{x} @{y}', 'Ann'],
    ['{{constructor}} Ann', 'Ann'],
    ['{% if x %}Ann{% endif %}', 'Ann'],
    ['<%= 7 * 7 %>Ann', 'Ann'],
    ["$data.get('name') Ann", 'Ann'],
    ['*|FNAME|* Ann', 'Ann'],
    ['%%first%% Ann', 'Ann'],
    ['%FNAME% %recipient.name% Ann', 'Ann'],
    ['#set($x = 1) $!x Ann', 'Ann'],
    ['#foreach($i in $all)Ann#end', 'Ann'],
    ['#parse ("x.vm") #stop Ann', 'Ann'],
    ['[[${x}]] Ann', 'Ann'],
    ['Ann {', 'Ann'],
  ])('loses what is dangerous where it is shown: %s', (text, name) => {
    expect(kept(text)).toEqual({ name, change: 'cleaned' });
  });

  it.each([
    ['Ann\r\nLee', 'Ann Lee'],
    ['Ann\u0000', 'Ann'],
    ['\u202EAnn', 'Ann'],
    [' Ann \u200B ', 'Ann'],
    ['Ann\uFFFD', 'Ann'],
  ])('is one line of what people see, and no warning says so: %j', (text, name) => {
    expect(kept(text)).toEqual({ name });
  });

  it.each(['<>', '<br>', '${x}', 'https://evil.example', '\u0000', '{{}}'])(
    'is none that is nothing else: %s',
    (text) => {
      expect(kept(text)).toEqual({});
    },
  );

  it.each([
    ['Товариство з обмеженою відповідальністю «Ромашка»', 'Товариство з обмеженою відповідальністю'],
    ['Fischer, Müller, Schneider & Schwarzenegger KG', 'Fischer, Müller, Schneider'],
    ['a'.repeat(41), 'a'.repeat(40)],
    ['👩‍👩‍👧'.repeat(9), '👩‍👩‍👧'.repeat(8)],
    [`${'a'.repeat(40)} b`, 'a'.repeat(40)],
  ])('that is too long is cut at a word, and no letter is torn apart: %s', (text, name) => {
    expect(kept(text)).toEqual({ name, change: 'cut' });
  });

  it('never has anything dangerous in it, and is kept as it is when it comes again', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab я<>{}$#%*|[].:/w\u0000\u202E\u200D👩 '), maxLength: 80 });
    fc.assert(
      fc.property(text, (given) => {
        const { name = 'x' } = kept(given);

        expect(name).not.toMatch(/[<>{}\p{Cc}\u202E]|:\/\//u);
        expect([...name].length).toBeLessThanOrEqual(40);
        expect(kept(name).name).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });
});
