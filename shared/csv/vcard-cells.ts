/** One line of a vCard, unfolded: what it is about, how, and what it says. */
export interface VcardProperty {
  readonly name: string;
  /** Kinds, in small letters, e.g. `home` and `cell`. */
  readonly types: readonly string[];
  readonly value: string;
}

/** Phones and addresses of one card that have a column of their own; the last column has all beyond. */
const places = [1, 2, 3, 4] as const;

const perPlace = (title: string) =>
  places.flatMap((place) => [`${title} ${place} - Label`, `${title} ${place} - Value`]);

const addressParts = ['PO Box', 'Extended Address', 'Street', 'City', 'Region', 'Postal Code', 'Country'] as const;

/** The columns of a file of vCards. */
export const vcardHeader: readonly string[] = [
  'UID',
  'Full name',
  'First name',
  'Last name',
  ...perPlace('E-mail'),
  ...perPlace('Phone'),
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
  let isQuoted = false;
  let charset = 'utf-8';
  for (const parameter of parameters) {
    const equals = parameter.indexOf('=');
    const key = parameter.slice(0, Math.max(equals, 0)).toUpperCase();
    const value = parameter.slice(equals + 1).replaceAll('"', '');
    if (/^quoted-printable$/i.test(value)) isQuoted = true;
    else if (key === 'CHARSET') charset = value;
    else if (key === 'TYPE' || key === '') types.push(...value.toLowerCase().split(','));
    else if (key === 'PREF') types.push('pref');
  }
  const text = line.slice(colon + 1);
  return { name, types, value: isQuoted ? unquoted(text, charset) : text };
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

const unquoted = (text: string, charset: string): string => {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .match(/=[\da-f]{2}|[\s\S]/gi)
    ?.map((piece) => (/^=[\da-f]{2}$/i.test(piece) ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece)));
  try {
    return new TextDecoder(charset).decode(Buffer.concat(bytes ?? []));
  } catch {
    return Buffer.concat(bytes ?? []).toString();
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
    ...placed(preferred(properties, 'EMAIL')),
    ...placed(preferred(properties, 'TEL').filter(isPhone)),
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
  properties
    .filter((one) => one.name === name)
    .toSorted((one, other) => Number(other.types.includes('pref')) - Number(one.types.includes('pref')));

/** Fax machines and pagers get no SMS. */
const isPhone = ({ types }: VcardProperty): boolean => !types.some((type) => /^(fax|pager|modem|bbs)$/.test(type));

const placed = (values: readonly VcardProperty[]): string[] => {
  const texts = values.map(({ types, value }) => ({
    label: types.filter((type) => type !== 'pref' && type !== 'voice' && type !== 'internet').join(' '),
    value: unescaped(value).replace(/^(mailto|tel):/i, ''),
  }));
  const last = places.length - 1;
  return places.flatMap((_, index) => {
    const here = index < last ? texts.slice(index, index + 1) : texts.slice(last);
    return [here[0]?.label ?? '', here.map(({ value }) => value).join(' ::: ')];
  });
};
