import type { ColumnRule, FileSample } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import { withoutGuard } from '#identity/spreadsheet-cell.ts';
import type { ConsentHeader } from '../consent/consent-header.ts';
import { type Claim, type ClaimContext, claimNamed, claimOf, type MemberClaim, ranks } from './claim-header.ts';
import type { Definitions } from './column-name.ts';
import { type ConsentContext, findConsent } from './find-consent.ts';
import type { FileColumn, FoundColumns } from './found-columns.ts';
import { headerKey, latinKey } from './header-key.ts';
import { addressColumnNames, vagueNames } from './header-names.ts';
import { type Kit, kitOfHeader, kits } from './kits.ts';
import { isOriginName, originNames } from './origin-times.ts';
import { listed, quotedHeader } from './quoted-header.ts';

type Rival = FileColumn & MemberClaim;

/** The names of which a contact has one value, and a file several columns: the next is read where the first has none. */
const alternated: readonly string[] = ['email', 'sms', ...addressColumnNames, ...originNames];

/**
 * The columns of a header: what `fieldMapping` says, else what the header is by its program, by contract 4.9 or by a synonym.
 * Of several that mean the same, the mapped one comes first, then the one whose name it is.
 * @throws FileError INVALID_HEADER where `fieldMapping` names no column, or makes one column of two.
 */
export const columnsByHeader = (
  header: readonly string[],
  {
    options,
    settings,
    definitions,
  }: Omit<ConsentContext, 'kit' | 'sample' | 'header'> & Pick<ColumnRule, 'definitions'>,
  sample: FileSample,
): FoundColumns => {
  const { fieldMapping = {}, source, keepIds: keepsIds = false, tagsToSegments: makesSegments = false } = options;
  const texts = header.map((cell) => withoutGuard(cell).trim());
  const mapping = mappingOf(fieldMapping, texts, definitions);
  const kit = source === undefined ? kitOfHeader(texts) : kits.get(source);
  const context: ClaimContext = { definitions, kit, keepsIds, makesSegments, sample };
  const claims = texts.map((text, index) => {
    if (text === '') return undefined;
    const claim: Claim = mapping.has(text) ? mapping.get(text) : claimOf(text, index, context);
    return { header: text, index, claim, isIgnored: mapping.has(text) && claim === undefined };
  });
  const told = claims.filter((one) => one !== undefined);
  const rivals = told.flatMap(({ claim, ...column }): Rival[] =>
    claim && 'name' in claim ? [{ ...column, ...claim }] : [],
  );
  const won = winners(withLabels(withWholeNames(rivals), texts));
  const asked = told.flatMap(({ claim, ...column }) =>
    claim && 'consent' in claim ? [{ ...column, ...claim.consent }] : [],
  );
  const consent = findConsent(asked, { options, settings, kit, sample, header: texts });
  const columns: FileColumn[] = [
    ...(makesSegments ? won.columns : won.columns.filter(({ name }) => name !== 'tags')),
    ...consent.columns.filter(isTimeOfYes).map(({ header, index }) => ({ name: 'subscribedAt', header, index })),
  ];
  const labels = columns.map(({ labelIndex }) => labelIndex);
  const unread = told.filter(({ claim, index }) => claim === undefined && !labels.includes(index));
  const unnamed = texts.flatMap((text, index) =>
    text === '' && sample.some((cells) => cells[index]?.trim()) ? [`column ${index + 1}, which has no name`] : [],
  );
  return {
    columns,
    consent: consent.columns,
    unclear: consent.unclear,
    kit,
    notes: [
      ...(kit && source === undefined ? [`This looks like an export of ${kit.title}; source can say what it is`] : []),
      ...consent.notes,
      ...won.notes,
      ...notesOnIds(columns, keepsIds),
      ...notesOnOrigin(columns),
      ...notesOnTags(won.columns, makesSegments, kit),
      ...notesOnUnread([...unread.map((one) => quotedHeader(one.header)), ...unnamed]),
      ...unmet(fieldMapping, texts),
    ],
  };
};

const notesOnUnread = (columns: readonly string[]): string[] =>
  columns.length > 0 ? [`Columns that are not read: ${listed(columns)}`] : [];

const notesOnIds = (columns: readonly FileColumn[], keepsIds: boolean): string[] => {
  const column = columns.find(({ name }) => name === 'externalCustomerId');
  if (!keepsIds) return [];
  return column
    ? [`The externalCustomerId is ${shown(column)}`]
    : ['keepIds: no column has an id of the other program; fieldMapping can name one'];
};

/** When somebody agreed is a part of the person's history. */
const isTimeOfYes = ({ question, channel, facet }: ConsentHeader): boolean =>
  facet === 'time' && channel !== 'sms' && (question === 'subscribed' || question === 'confirmed');

const notesOnOrigin = (columns: readonly FileColumn[]): string[] => {
  const times = columns.filter(({ name }) => isOriginName(name)).map(({ header }) => quotedHeader(header));
  return times.length > 0 ? [`Kept as times of the person's origin: ${listed([...new Set(times)])}`] : [];
};

const notesOnTags = (columns: readonly FileColumn[], makesSegments: boolean, kit: Kit | undefined): string[] => {
  const tags = columns.filter(({ name }) => name === 'tags').map(({ header }) => quotedHeader(header));
  if (!makesSegments) {
    return tags.length > 0 ? [`Tags that are not read, but tagsToSegments makes segments of: ${listed(tags)}`] : [];
  }
  if (tags.length === 0)
    return ['tagsToSegments: no column has tags, lists or groups; fieldMapping can name one, as tags'];
  return [
    `Tags become segments: ${listed(tags)}`,
    ...(kit?.tagOfAll === undefined ? [] : [`'${kit.tagOfAll}' is everybody and makes no segment`]),
  ];
};

/**
 * What the caller says, by header; `undefined` for one that is to be left out. A header matches exactly or, if the file
 * has no such header, whatever its case and punctuation.
 */
const mappingOf = (
  fieldMapping: Readonly<Record<string, string>>,
  headers: readonly string[],
  definitions: Definitions,
): ReadonlyMap<string, Claim> => {
  const mapping = new Map<string, Claim>();
  for (const [header, target] of Object.entries(fieldMapping)) {
    const claim = mappedClaim(header, target, definitions);
    for (const meant of headersMeant(header, headers)) mapping.set(meant, claim);
  }
  return mapping;
};

const mappedClaim = (header: string, target: string, definitions: Definitions): Claim => {
  if (target.trim() === '') return undefined;
  const claim = claimNamed(target, ranks.mapped, definitions);
  if (claim !== undefined) return claim;
  const message = `fieldMapping: ${quotedHeader(target)}, for ${quotedHeader(header)}, is no column of a contact`;
  throw new FileError('INVALID_HEADER', message);
};

const headersMeant = (header: string, headers: readonly string[]): readonly string[] => {
  const text = header.trim();
  if (headers.includes(text)) return [text];
  const key = headerKey(text);
  return key === '' ? [] : headers.filter((one) => headerKey(one) === key);
};

/** `Nom` and `Nombre` alone are the whole name. */
const withWholeNames = (rivals: readonly Rival[]): Rival[] =>
  rivals.map((rival) => {
    const vague = vagueNames[latinKey(rival.header)];
    const isWhole =
      vague?.part === rival.name && rival.rank !== ranks.mapped && !rivals.some(({ name }) => name === vague.other);
    return isWhole ? { ...rival, name: 'fullName' } : rival;
  });

/** Beside the phones of Google Contacts stands what kind of phone each is. */
const withLabels = (rivals: readonly Rival[], headers: readonly string[]): Rival[] =>
  rivals.map((rival) => {
    const stem = /^(.*?)(?:value)$/.exec(headerKey(rival.header))?.[1];
    const labelIndex = headers.findIndex(
      (one) => stem !== undefined && [`${stem}label`, `${stem}type`].includes(headerKey(one)),
    );
    return rival.name === 'sms' && labelIndex >= 0 ? { ...rival, labelIndex } : rival;
  });

/** The most columns with the meaning of another one that have a sentence of their own. */
const maxNotes = 20;

const winners = (rivals: readonly Rival[]): { columns: FileColumn[]; notes: string[] } => {
  const read: Rival[] = [];
  const notes: string[] = [];
  const others: string[] = [];
  const sorted = rivals.toSorted((one, other) => placeOf(one) - placeOf(other) || one.order - other.order);
  for (const rival of sorted) {
    const winner = read.find(({ name }) => name === rival.name);
    if (!winner) read.push(rival);
    else if (rival.rank === ranks.mapped) {
      const message = `fieldMapping makes ${rival.name} of ${shown(winner)} and of ${shown(rival)}`;
      throw new FileError('INVALID_HEADER', message);
    } else if (alternated.includes(rival.name) && winner.rank !== ranks.mapped) read.push(rival);
    else if (rival.name === 'tags') read.push(rival);
    else if (notes.length < maxNotes)
      notes.push(`${shown(rival)} is not read, as ${shown(winner)} is the ${rival.name}`);
    else others.push(shown(rival));
  }
  const more = others.length > 0 ? [`Likewise not read, as other columns mean the same: ${listed(others)}`] : [];
  return { columns: read, notes: [...notes, ...more, ...alternatives(read)] };
};

/** Of what is alternated, the kind of an address counts and not how its column is called. */
const placeOf = ({ name, rank }: Rival): number =>
  alternated.includes(name) && rank !== ranks.mapped ? ranks.sure : rank;

/** Which of several columns of e-mail addresses and phones comes first. */
const alternatives = (columns: readonly Rival[]): string[] =>
  ['email', 'sms'].flatMap((name) => {
    const [first, ...others] = columns.filter((column) => column.name === name);
    if (!first || others.length === 0) return [];
    return [`The ${name} is ${shown(first)}; where it has none, ${others.map(shown).join(', ')}`];
  });

const shown = ({ header, index }: Pick<FileColumn, 'header' | 'index'>): string =>
  `column ${index + 1} ${quotedHeader(header)}`;

/** A mapping that meets no column is a slip, or of a file that lacks a column for once. */
const unmet = (fieldMapping: Readonly<Record<string, string>>, headers: readonly string[]): string[] => {
  const missing = Object.keys(fieldMapping).filter((name) => headersMeant(name, headers).length === 0);
  return missing.length > 0
    ? [`fieldMapping names columns that the file lacks: ${listed(missing.map(quotedHeader))}`]
    : [];
};
