import { sized } from '#test/support/soak.ts';

/** A third of a megabyte, or one, that is as bad as text of its kind can be: a long run of what a parser tries again at each place. */
const size = sized(300_000, 1_000_000);

const run = (piece: string): string => piece.repeat(Math.ceil(size / piece.length));

const pieces = [
  'a',
  ' ',
  '\t',
  '\r',
  '\n',
  '"',
  '\\"',
  '\\',
  '""',
  '","',
  "'",
  ',',
  ';',
  '@',
  'a@',
  'a.',
  '.',
  '/',
  '%',
  '%41',
  '(',
  '<',
  '${',
  '${a',
  '{"a":',
  '[',
  '0',
  '+1',
  '-',
  'é',
  '\u00A0',
  '\uFFFD',
  "a'",
  'а-',
  'ʼ',
  '😀',
];

/** Each run by itself, and as what begins well and never ends. */
export const outsideTexts: readonly { readonly name: string; readonly text: string }[] = pieces.flatMap((piece) => {
  const name = JSON.stringify(piece);
  return [
    { name, text: run(piece) },
    { name: `{"a":"${name} and a no-break space`, text: `{"a":"${run(piece)}\u00A0` },
    { name: `a quote, ${name} and a letter beyond ASCII`, text: `email;name\n"${run(piece)} é` },
  ];
});
