import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { Page, PageRequest } from '#domain/page.ts';
import type { ListDefinition } from './operation.ts';
import { parse } from './parse.ts';

/** The parameters that ask for a part of a list. */
export const pageQuery = ({ byDefault = 50, most = 500 }: Omit<ListDefinition, 'name'> = {}) =>
  z.object({
    limit: z._default(z.int().check(z.gte(1), z.lte(most), z.describe('Items of one page')), byDefault),
    cursor: z.optional(z.string().check(z.describe('The `cursor` of the page before'))),
  });

/**
 * The page that a request for a list asks for.
 * @throws RollcallError INVALID_REQUEST for a limit out of bounds or a cursor that another list gave, or none.
 */
export const parsePage = ({ name, ...limits }: ListDefinition, query: unknown): PageRequest => {
  const { limit, cursor } = parse(pageQuery(limits), query);
  return { limit, ...(cursor !== undefined && { cursor: openCursor(name, cursor) }) };
};

/** A list on the wire of our own routes. */
export const pageResponse = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({
    items: z.array(item),
    cursor: z.optional(z.string().check(z.describe('Asks for the next page; absent at the end of the list'))),
  });

/** A page of a list, each item in its form for the wire. */
export const pageBody = <Item, Body>(
  { name }: ListDefinition,
  { items, cursor }: Page<Item>,
  body: (item: Item) => Body,
) => ({
  items: items.map(body),
  ...(cursor !== undefined && { cursor: sealCursor(name, cursor) }),
});

/** The address of the page that begins at a cursor, with the parameters of the page before. */
export const nextPage = (
  { name }: ListDefinition,
  { path, query }: { readonly path: string; readonly query: Readonly<Record<string, string>> },
  cursor: string,
): string => `${path}?${new URLSearchParams({ ...query, cursor: sealCursor(name, cursor) })}`;

/** A store's cursor as callers see it: opaque, and good for its own list only. */
const sealCursor = (list: string, cursor: string): string => toBase64Url(JSON.stringify([list, cursor]));

const openCursor = (list: string, sealed: string): string => {
  const opened = fromBase64Url(sealed);
  const [name, cursor] = Array.isArray(opened) ? opened : [];
  if (name === list && typeof cursor === 'string' && place.test(cursor)) return cursor;
  throw new RollcallError('INVALID_REQUEST', 'cursor must be the cursor of a page of this list');
};

/** Part of a key of the table, which has 1 to 1,024 bytes there (an AWS limit). */
const place = /^[\x20-\x7E]{1,1000}$/;

const toBase64Url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const fromBase64Url = (text: string): unknown => {
  try {
    return JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return undefined;
  }
};
