/** What is kept of a name, and why it is not all of it. */
export interface KeptName {
  /** Absent if nothing is left. */
  readonly name?: string;
  readonly change?: 'cleaned' | 'cut';
}

/** Longer texts are no names, and are looked at no further. */
const maxRead = 1000;

/**
 * What of a name is kept (contract 2.7): every letter, digit and mark that people write, without what could be markup,
 * a link or a template in the place that shows it, and no more than so many characters, cut at a word.
 */
export const keptName = (text: string, maxLength: number): KeptName => {
  const plain = inOneLine(text.length > maxRead ? text.slice(0, maxRead).toWellFormed() : text);
  const clean = cleaned(plain);
  if (clean === '') return {};
  if ([...clean].length > maxLength) return { name: cutAtWord(clean, maxLength), change: 'cut' };
  return { name: clean, ...(clean !== plain && { change: 'cleaned' }) };
};

/** What is taken out may leave something dangerous behind, so it is looked at until nothing is found any more. */
const cleaned = (text: string): string => {
  const clean = inOneLine(withoutMarkup(text)).split(' ').filter(isNoLink).join(' ');
  return clean === text ? clean : cleaned(clean);
};

/** A text without line breaks, control characters and invisible marks that turn text round. */
const inOneLine = (text: string): string =>
  text
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(unseen, '')
    .trim();

/** Joiners stay: some scripts and emoji need them. */
const unseen = /[\p{Cc}\p{Cs}\p{Co}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFFD]/gu;

const withoutMarkup = (text: string): string =>
  constructs.reduce((kept, one) => kept.replace(one, ' '), text).replace(/[<>{}]/g, '');

/** Tags, and the placeholders of template languages. */
const constructs = [
  /<[^<>]*>/g,
  /[$#*@]\{[^{}]*\}/g,
  /\{\{[^{}]*\}\}/g,
  /\{[%#][^{}]*\}/g,
  /\[\[[^[\]]*\]\]/g,
  /\*\|[^|*]*\|\*/g,
  /%%[^%]*%%/g,
  /%[A-Za-z_][\w.-]*%/g,
  /\$!?[A-Za-z_]\w*\.[\w.]*(\([^()]*\))?/g,
  /\$![A-Za-z_]\w*/g,
  /#(set|if|elseif|else|foreach|end|macro|define|parse|include|evaluate|break|stop)\b(\s*\([^()]*\))?/g,
];

const isNoLink = (word: string): boolean =>
  !(word.includes('://') || /^[^\p{L}\p{N}]*(www\.|(javascript|vbscript|data|mailto):.)/iu.test(word) || hasPath(word));

/** A domain and a path after it. */
const hasPath = (word: string): boolean => {
  const [host = '', path] = word.split('/');
  return path !== undefined && /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(host);
};

const cutAtWord = (text: string, maxLength: number): string => {
  const longest = [...text].slice(0, maxLength + 1).join('');
  const space = longest.lastIndexOf(' ');
  const words = [...longest.slice(0, Math.max(space, 0))];
  const kept = words.slice(0, words.findLastIndex((letter) => !dangling.includes(letter)) + 1).join('');
  return kept === '' ? cutAtLetter(longest, maxLength) : kept;
};

/** What nothing follows any more. */
const dangling = ' ,;:&+/([«–—-';

/** One word that is too long; what belongs to one letter is not torn apart. */
const cutAtLetter = (text: string, maxLength: number): string => {
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if ([...cut, ...segment].length > maxLength) break;
    cut += segment;
  }
  return cut || [...text].slice(0, maxLength).join('');
};
