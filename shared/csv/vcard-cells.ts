/** One line of a vCard, unfolded: what it is about, how, and what it says. */
export interface VcardProperty {
  readonly name: string;
  /** Kinds, in small letters, e.g. `home` and `cell`. */
  readonly types: readonly string[];
  /** From 1, the most preferred, to 100; of version 3, which only has one that is preferred, 1 for that. */
  readonly preference: number;
  readonly value: string;
}

/** Phones and addresses of one card that have a column of their own; the last column has all beyond. */
const places = [1, 2, 3, 4] as const;

const addressParts = ['PO Box', 'Extended Address', 'Street', 'City', 'Region', 'Postal Code', 'Country'] as const;

/** The columns of a file of vCards. */
export const vcardHeader: readonly string[] = [
  'UID',
  'Full name',
  'First name',
  'Last name',
  ...places.map((place) => `E-mail ${place} - Value`),
  ...places.flatMap((place) => [`Phone ${place} - Label`, `Phone ${place} - Value`]),
  ...addressParts.map((part) => `Address 1 - ${part}`),
  'Birthday',
  'Language',
  'Time zone',
  'Categories',
  'Organization',
  'Notes',
];

/** Reads one line of a card; `undefined` if it is none. */
export const readProperty = (line: string): VcardProperty | undefined => {
  const colon = colonOf(line);
  if (colon < 0) return undefined;
  const [full = '', ...parameters] = partsOf(line.slice(0, colon), ';');
  const name = full.slice(full.lastIndexOf('.') + 1).toUpperCase();
  const types: string[] = [];
  let preference = unpreferred;
  let encoding = '';
  let charset = 'utf-8';
  let lacksYear = false;
  for (const parameter of parameters) {
    const equals = parameter.indexOf('=');
    const key = parameter.slice(0, Math.max(equals, 0)).toUpperCase();
    const value = parameter.slice(equals + 1).replaceAll('"', '');
    if (key === 'ENCODING' || /^(quoted-printable|base64)$/i.test(value)) encoding = value.toLowerCase();
    else if (key === 'CHARSET') charset = value;
    else if (key === 'X-APPLE-OMIT-YEAR') lacksYear = true;
    else if (key === 'TYPE' || key === '') types.push(...value.toLowerCase().split(','));
    else if (key === 'PREF') preference = Number(value) || 1;
  }
  if (types.includes('pref')) preference = 1;
  const text = decoded(line.slice(colon + 1), encoding, charset);
  return { name, types, preference, value: lacksYear ? text.replace(/^\d{4}/, '-') : text };
};

const unpreferred = 101;

/** The text of a value that is written in another way. */
const decoded = (text: string, encoding: string, charset: string): string => {
  if (encoding === 'quoted-printable') return textOf(quotedBytes(text), charset);
  return encoding === 'base64' || encoding === 'b' ? textOf(Buffer.from(text, 'base64'), charset) : text;
};

/** The colon before the value: none within quotes. */
const colonOf = (line: string): number => {
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '"') isQuoted = !isQuoted;
    else if (line[at] === ':' && !isQuoted) return at;
  }
  return -1;
};

/** Texts between separators that no backslash is before. */
const partsOf = (text: string, separator: ';' | ','): string[] => {
  const parts = [''];
  for (const [piece] of text.matchAll(/\\[\s\S]|[\s\S]/g)) {
    if (piece === separator) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
};

const unescaped = (text: string): string =>
  text.replace(/\\([\s\S])/g, (_, character: string) => (/n/i.test(character) ? '\n' : character)).trim();

const quotedBytes = (text: string): Buffer =>
  Buffer.concat(
    text
      .replace(/=\r?\n/g, '')
      .match(/(?:=[\da-f]{2})+|[^=]+|=/gi)
      ?.map((run) => (/^=./.test(run) ? Buffer.from(run.replaceAll('=', ''), 'hex') : Buffer.from(run))) ?? [],
  );

const textOf = (bytes: Buffer, charset: string): string => {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString();
  }
};

/** A card as the cells of `vcardHeader`. Preferred values come first; those beyond the columns share the last one. */
export const cellsOfCard = (properties: readonly VcardProperty[]): string[] => {
  const first = (name: string) => {
    const value = properties.find((one) => one.name === name)?.value;
    return value === undefined ? '' : unescaped(value);
  };
  const [lastName = '', firstName = '', , , suffix = ''] = partsOf(
    properties.find(({ name }) => name === 'N')?.value ?? '',
    ';',
  ).map(unescaped);
  const hasName = firstName !== '' || lastName !== '';
  const address = preferred(properties, 'ADR')[0];
  const parts = address ? partsOf(address.value, ';').map(unescaped) : [];
  return [
    first('UID').replace(/^urn:uuid:/i, ''),
    hasName ? '' : first('FN'),
    firstName,
    suffix && lastName ? `${lastName} ${suffix}` : lastName,
    ...placed(preferred(properties, 'EMAIL')).map(({ text }) => text),
    ...placed(preferred(properties, 'TEL').filter(isPhone)).flatMap(({ label, text }) => [label, text]),
    ...addressParts.map((_, index) => parts[index] ?? ''),
    first('BDAY').replace(/^(\d{4}-?\d\d-?\d\d)T.*$/, '$1'),
    first('LANG'),
    first('TZ'),
    categoriesOf(properties),
    first('ORG').replaceAll(';', ', '),
    first('NOTE'),
  ];
};

/** As JSON, as a category may have any character in its name. */
const categoriesOf = (properties: readonly VcardProperty[]): string => {
  const all = properties
    .filter(({ name }) => name === 'CATEGORIES')
    .flatMap(({ value }) => partsOf(value, ',').map(unescaped));
  return all.length > 0 ? JSON.stringify(all) : '';
};

const preferred = (properties: readonly VcardProperty[], name: string): readonly VcardProperty[] =>
  properties.filter((one) => one.name === name).toSorted((one, other) => one.preference - other.preference);

/** Fax machines and pagers get no SMS. */
const isPhone = ({ types }: VcardProperty): boolean => !types.some((type) => /^(fax|pager|modem|bbs)$/.test(type));

const placed = (values: readonly VcardProperty[]): { readonly label: string; readonly text: string }[] => {
  const all = values.map(({ types, value }) => ({
    label: types.filter((type) => type !== 'pref' && type !== 'voice' && type !== 'internet').join(' '),
    text: bareAddress(unescaped(value)),
  }));
  const last = places.length - 1;
  return places.map((_, index) => {
    const here = index < last ? all.slice(index, index + 1) : all.slice(last);
    return { label: here[0]?.label ?? '', text: here.map(({ text }) => text).join(' ::: ') };
  });
};

/** Links to phones may name an extension, which takes no SMS (RFC 3966). */
const bareAddress = (text: string): string =>
  /^tel:/i.test(text) ? (text.slice(4).split(';')[0] ?? '') : text.replace(/^mailto:/i, '');
