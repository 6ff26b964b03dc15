import { FileError } from '#domain/files/file-error.ts';
import { consentHeader } from '../consent/consent-header.ts';
import { isObject } from '../imports/bind.ts';
import { channelHeader, rankOfLabel } from './channel-header.ts';

/** How deep objects within a contact are looked into. */
const maxDepth = 3;

/** The most different members that the contacts of one file may have: as many as a table has columns. */
export const maxMembers = 1000;

/**
 * A contact in JSON as the cells of a row, by the names of its members; those of an object within it by both names, as
 * `address.city`. A list of addresses or phones is one cell with all of them.
 */
export const cellsOfContact = (contact: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> => {
  const cells = new Map<string, string>();
  addMembers(cells, contact, '');
  return cells;
};

const addMembers = (cells: Map<string, string>, members: Readonly<Record<string, unknown>>, path: string): void => {
  for (const [member, content] of Object.entries(members)) {
    const name = path === '' ? member : `${path}.${member}`;
    if (member === 'fields' && Array.isArray(content) && content.every(isFieldValue)) {
      for (const { id, value } of content) cells.set(String(id), textOf(value));
    } else if (isObject(content) && path.split('.').length < maxDepth) addMembers(cells, content, name);
    else cells.set(name, Array.isArray(content) ? textOfList(name, content) : textOf(content));
    if (cells.size > maxMembers) throw tooMany();
  }
};

/** The contacts of a file have more members than a table has columns. */
export const tooMany = () =>
  new FileError(
    'INVALID_HEADER',
    `The contacts have more than ${maxMembers} different members, as no table has columns`,
  );

const isFieldValue = (one: unknown): one is { readonly id: unknown; readonly value: unknown } =>
  isObject(one) && 'id' in one && 'value' in one && !isNested(one.id);

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : isNested(value) ? JSON.stringify(value) : String(value);

const textOfList = (name: string, list: readonly unknown[]): string => {
  if (list.length === 0) return '';
  const addresses = list.toSorted((one, other) => rankIn(one) - rankIn(other)).map(addressIn);
  const isOfAddresses = addresses.every((one) => one !== undefined) && channelHeader(lastName(name)) !== undefined;
  return isOfAddresses && !consentHeader(name) ? addresses.join(' ::: ') : JSON.stringify(list);
};

const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** The main one comes first, then a mobile phone. */
const rankIn = (one: unknown): number => {
  const { primary, type, label } = isObject(one) ? one : {};
  return primary === true ? -1 : rankOfLabel(String(type ?? label ?? ''));
};

const addressNames = ['value', 'email', 'address', 'number', 'phone', 'emailAddress', 'phoneNumber'];

/** Some programs have each address in an object, beside what kind it is of. */
const addressIn = (one: unknown): string | undefined => {
  const value = isObject(one) ? addressNames.map((name) => one[name]).find((text) => text !== undefined) : one;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};
