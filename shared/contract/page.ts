import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { Page, PageRequest } from '#domain/page.ts';
import { sources } from './contacts/contact-response.ts';
import { binderOf } from './imports/bind.ts';
import { describeIssues } from './issue.ts';

/** How many items a page has where nothing is asked, and at most. */
export interface PageLimits {
  readonly byDefault: number;
  readonly most: number;
}

const listLimits: PageLimits = { byDefault: 50, most: 500 };

/** The parameters that ask for a part of a list. */
export const pageQuery = ({ byDefault, most }: PageLimits = listLimits) =>
  z.object({
    limit: z._default(z.int().check(z.gte(1), z.lte(most), z.describe('Items of one page')), byDefault),
    cursor: z.optional(z.string().check(z.describe('The `cursor` of the page before'))),
  });

/** The parameters that choose events. */
export const eventsQuery = z.object({
  type: z.optional(z.string().check(z.meta({ description: 'An event type key', examples: ['newContact'] }))),
  keyValue: z.optional(z.string().check(z.meta({ description: 'An event key', examples: ['mail@example.com'] }))),
});

/** The parameter that chooses contacts. */
export const contactsQuery = z.object({
  source: z.optional(z.enum(sources).check(z.describe('How they came to be'))),
});

/** Members that zod calls possibly undefined are absent instead: binding leaves no `undefined` behind. */
type Defined<Value> = { [Name in keyof Value]: Exclude<Value[Name], undefined> };

type Query = Readonly<Partial<Record<string, string>>>;

/**
 * Reads a query string by a schema, leniently (contract 1.3).
 * @throws RollcallError INVALID_REQUEST that names every bad parameter.
 */
export const parseQuery = <Schema extends z.ZodMiniObject>(schema: Schema, query: Query): Defined<z.output<Schema>> => {
  const parsed = schema.safeParse(binderOf(schema)(query));
  if (parsed.success) return parsed.data as Defined<z.output<Schema>>;
  throw new RollcallError('INVALID_REQUEST', describeIssues(parsed.error.issues));
};

/**
 * The page that a request for a list asks for.
 * @throws RollcallError INVALID_REQUEST for a limit out of bounds or a cursor that another list gave, or none.
 */
export const parsePage = (list: string, query: Query, limits = listLimits): PageRequest => {
  const { limit, cursor } = parseQuery(pageQuery(limits), query);
  return { limit, ...(cursor !== undefined && { cursor: openCursor(list, cursor) }) };
};

/** A list on the wire of our own routes. */
export const pageResponse = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({
    items: z.array(item),
    cursor: z.optional(z.string().check(z.describe('Asks for the next page; absent at the end of the list'))),
  });

/** A page of a list, each item in its form for the wire. */
export const pageBody = <Item, Body>(list: string, { items, cursor }: Page<Item>, body: (item: Item) => Body) => ({
  items: items.map(body),
  ...(cursor !== undefined && { cursor: sealCursor(list, cursor) }),
});

/** The address of the page that begins at a cursor, with the parameters of the page before. */
export const nextPage = (list: string, { path, query }: { path: string; query: Query }, cursor: string): string =>
  `${path}?${new URLSearchParams({ ...query, cursor: sealCursor(list, cursor) })}`;

/** A store's cursor as callers see it: opaque, and good for its own list only. */
const sealCursor = (list: string, cursor: string): string => toBase64Url(JSON.stringify([list, cursor]));

const openCursor = (list: string, sealed: string): string => {
  const opened = fromBase64Url(sealed);
  if (Array.isArray(opened) && opened[0] === list && typeof opened[1] === 'string') return opened[1];
  throw new RollcallError('INVALID_REQUEST', 'cursor must be the cursor of a page of this list');
};

const toBase64Url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const fromBase64Url = (text: string): unknown => {
  try {
    return JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return undefined;
  }
};
