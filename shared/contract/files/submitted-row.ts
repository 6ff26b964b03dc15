import type { TokenType } from '#domain/contacts/contact.ts';
import { originNames } from './origin-times.ts';

/** The filled cells of a row, by the names of their columns. */
export type Cells = ReadonlyMap<string, string>;

/** A row as a contact of the wire, and which column each of its lists' elements comes from. */
export interface SubmittedRow {
  readonly contact: Readonly<Record<string, unknown>>;
  /** The column that a problem of the contact is about, by the field it names; the field itself if it is about none. */
  readonly columnOf: (field: string) => string;
}

const texts = ['externalCustomerId', 'firstName', 'lastName', 'contactKey', 'languageCode', 'timeZone'] as const;
const addressParts = ['region', 'town', 'address', 'postcode', 'countryCode'] as const;
const channels = ['email', 'sms', 'viber', 'telegram', 'mobilepush', 'webpush'] as const;
const tokens: readonly string[] = ['viber', 'telegram', 'mobilepush', 'webpush'] satisfies TokenType[];

/** Puts the cells of a row if a request has them (contract 2.1); a cell of tokens has them separated by commas. */
export const submittedRow = (cells: Cells): SubmittedRow => {
  const values = channels.flatMap((type) => valuesOf(type, cells.get(type)).map((value) => ({ type, value })));
  const fields = [...cells].filter(([name]) => /^\d+$/.test(name)).map(([id, value]) => ({ id: Number(id), value }));
  const id = cells.get('id');
  return {
    contact: {
      ...picked(cells, texts),
      ...(id?.trim() && { id }),
      address: picked(cells, addressParts),
      ...(originNames.some((name) => cells.has(name)) && { origin: picked(cells, originNames) }),
      channels: values,
      fields,
    },
    columnOf: (field) => {
      const [, list, place] = /^(channels|fields)\[(\d+)\]/.exec(field) ?? [];
      if (list === 'channels') return values[Number(place)]?.type ?? field;
      if (list === 'fields') return String(fields[Number(place)]?.id ?? field);
      return field.replace(/^(address|fields|origin)\./, '');
    },
  };
};

const picked = (cells: Cells, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const cell = cells.get(name);
      return cell === undefined ? [] : [[name, cell]];
    }),
  );

const valuesOf = (type: string, cell = ''): string[] => (tokens.includes(type) ? cell.split(',') : [cell]);
