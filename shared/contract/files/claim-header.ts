import type { FileSample } from '#domain/files/contact-file.ts';
import { type ConsentHeader, consentHeader } from '../consent/consent-header.ts';
import { consentTarget } from '../consent/consent-targets.ts';
import { consentWord, isTelling } from '../consent/consent-words.ts';
import { channelHeader } from './channel-header.ts';
import { columnNamed, type Definitions } from './column-name.ts';
import { headerKey } from './header-key.ts';
import { extraColumnNames, knownHeader, rankOfBlock } from './header-names.ts';
import type { Kit } from './kits.ts';

/** How a column came to its meaning: of several that mean the same, one with the lowest rank is read. */
export const ranks = { mapped: 0, sure: 1, guessed: 2 } as const;

/** A column of a contact. */
export interface MemberClaim {
  readonly name: string;
  readonly rank: number;
  /** Its place among columns of one name, e.g. phones of several kinds. */
  readonly order: number;
  readonly block?: string;
}

/** What a column means; `undefined` where it is not read. */
export type Claim = MemberClaim | { readonly consent: ConsentHeader } | undefined;

/** What is known of a file beside a header. */
export interface ClaimContext {
  readonly definitions: Definitions;
  readonly kit: Kit | undefined;
  readonly keepsIds: boolean;
  readonly makesSegments: boolean;
  readonly sample: FileSample;
}

/**
 * What a column means by its header: what the kit of its program says, its name by contract 4.9, a synonym, what it asks of
 * consent, or what its words are. Where its cells can only be about consent, they say so whatever it is called.
 */
export const claimOf = (header: string, index: number, context: ClaimContext): Claim => {
  const { definitions, kit, keepsIds, makesSegments, sample } = context;
  const key = headerKey(header);
  const idPlace = keepsIds ? idsOf(kit).indexOf(key) : -1;
  // It comes before a column of ids that are not this program's.
  if (idPlace >= 0) return { name: 'externalCustomerId', rank: ranks.sure, order: idPlace - idsOf(kit).length };
  if (makesSegments && kit?.tagsWithin === key) return { name: 'tags', rank: ranks.sure, order: 0 };
  const byKit = kit && Object.hasOwn(kit.columns, key) ? kit.columns[key] : undefined;
  if (byKit === 'subscribedAt') return { consent: timeOfYes };
  if (byKit !== undefined) return claimNamed(byKit, ranks.sure, definitions);
  const cells = filledCells(sample, index);
  const member = memberOf(header, definitions);
  if (member?.rank === ranks.sure) return mistaken(member, cells) ?? member;
  const consent = consentHeader(header);
  if (consent && !isOfAddresses(cells)) {
    const isAnswer = consent.facet === 'aside' && cells.some(isTelling);
    return { consent: isAnswer ? { ...consent, question: 'status', facet: 'answer' } : consent };
  }
  const channel = channelHeader(consent ? 'email' : header);
  if (channel) {
    const claim = { name: channel.name, rank: ranks.guessed, order: channel.rank };
    return mistaken(claim, cells) ?? claim;
  }
  return (
    (member && (mistaken(member, cells) ?? member)) ??
    (cells.some(isTelling) ? { consent: { question: 'status', channel: 'any', facet: 'answer' } } : undefined)
  );
};

/** When somebody subscribed is read with what columns say of consent: where it is no time, it may be a no. */
const timeOfYes: ConsentHeader = { question: 'subscribed', channel: 'any', facet: 'time' };

/** The columns of a program's own id of a person; of one that is not known, what such columns are called. */
const idsOf = (kit: Kit | undefined): readonly string[] => (kit && kit.ids.length > 0 ? kit.ids : plainIds);

/** What columns and members of an id are called elsewhere, the most telling first. */
export const plainIds: readonly string[] = [
  'customerid',
  'contactid',
  'subscriberid',
  'userid',
  'memberid',
  'personid',
  'recordid',
  'uuid',
  'uid',
  'id',
];

/** What a name of a column means that somebody wrote; `undefined` where it is none. */
export const claimNamed = (name: string, rank: number, definitions: Definitions): Claim => {
  const text = name.trim();
  const found = columnNamed(text, definitions) ?? extraColumns.get(text.toLowerCase());
  if (found !== undefined) return { name: found, rank, order: 0 };
  const consent = consentTarget(text);
  return consent && { consent };
};

const extraColumns = new Map(
  [...extraColumnNames, 'channelType', 'channelValue'].map((name) => [name.toLowerCase(), name]),
);

const memberOf = (header: string, definitions: Definitions): MemberClaim | undefined => {
  const order = channelHeader(header)?.rank ?? 0;
  const named = columnNamed(header, definitions);
  const known = knownHeader(header);
  const block = known?.block;
  const place = { order: block === undefined ? order : rankOfBlock(block), ...(block !== undefined && { block }) };
  if (named !== undefined) return { name: named, rank: ranks.sure, ...place };
  const name = known && (columnNamed(known.name, definitions) ?? extraColumns.get(known.name.toLowerCase()));
  return name === undefined ? undefined : { name, rank: known?.isSure ? ranks.sure : ranks.guessed, ...place };
};

/** As many cells of a column as are looked at. */
const maxCells = 1000;

const filledCells = (sample: FileSample, index: number): string[] =>
  sample.slice(0, maxCells).flatMap((cells) => (cells[index]?.trim() ? [cells[index]] : []));

const isOfAddresses = (cells: readonly string[]): boolean =>
  cells.length > 0 && cells.filter((cell) => /[^\s@]@[^\s@]/.test(cell)).length * 2 > cells.length;

/** Columns that are of something else where all that they say is who may be written to: `State` with `disabled`. */
const mistakable: Readonly<Record<string, ConsentHeader>> = {
  region: { question: 'status', channel: 'any', facet: 'answer' },
  email: { question: 'subscribed', channel: 'email', facet: 'answer' },
  sms: { question: 'subscribed', channel: 'sms', facet: 'answer' },
  tags: { question: 'status', channel: 'any', facet: 'answer' },
};

const mistaken = ({ name }: MemberClaim, cells: readonly string[]): Claim => {
  const consent = mistakable[name];
  if (!consent || cells.length === 0) return undefined;
  const words = cells.map((cell) => consentWord(cell, new Map()));
  const isAnswer = (word: string | undefined) => word === 'yes' || word === 'no' || word === 'nothing';
  // A region may be ON or NO, and here and there `unknown`; beside those that are, others stop the import.
  if (name === 'region') {
    const isMostly = 2 * words.filter((word) => word !== undefined).length > words.length;
    const isState = words.some((word) => word !== undefined && !isAnswer(word));
    return (isMostly && isState) || cells.some(isTelling) ? { consent } : undefined;
  }
  const isOfWords = words.every((word) => word !== undefined) && words.some((word) => word !== 'nothing');
  return isOfWords ? { consent } : undefined;
};
