import type { ContactDraft } from '../contacts/contact.ts';
import { type Identity, identityKey } from '../contacts/identity.ts';
import { lookupsOf, type MatchRule } from '../contacts/match.ts';
import type { CustomField } from '../fields/custom-field.ts';
import { suitableFieldValues } from '../fields/field-value.ts';
import type { ImportRow } from './import-session.ts';

/** Rows of a chunk, unless rows that must stay together are more. */
export const rowsPerChunk = 250;

/** How rows are matched, with the custom field of `dedupeOn=fieldId`, whose values are compared as it stores them. */
export type ChunkRule = MatchRule & { readonly field?: CustomField };

/**
 * Cuts a request's rows into chunks that can be imported side by side: rows that may mean the same contact stay
 * together, because only within a chunk later duplicates win (contract 4.2). Every chunk is in the request's order.
 */
export const chunkRows = (rows: readonly ImportRow[], rule: ChunkRule, size = rowsPerChunk): ImportRow[][] => {
  const chunks: ImportRow[][] = [];
  for (const family of familiesOf(rows, rule)) {
    const last = chunks.at(-1);
    if (last && last.length + family.length <= size) last.push(...family);
    else chunks.push([...family]);
  }
  return chunks.map((chunk) => chunk.sort((one, other) => one.row - other.row));
};

/** Groups of rows that are linked by an identity they share, in the order of their first rows. */
const familiesOf = (rows: readonly ImportRow[], rule: ChunkRule): ImportRow[][] => {
  const parents = rows.map((_, index) => index);
  const rootOf = (index: number): number => {
    const parent = parents[index] ?? index;
    if (parent === index) return index;
    const root = rootOf(parent);
    parents[index] = root;
    return root;
  };

  const firstWith = new Map<string, number>();
  rows.forEach((row, index) => {
    for (const key of linkingKeys(row, rule)) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, index);
      else {
        const [older, younger] = [rootOf(first), rootOf(index)].sort((a, b) => a - b);
        if (older !== undefined && younger !== undefined) parents[younger] = older;
      }
    }
  });

  const families = new Map<number, ImportRow[]>();
  rows.forEach((row, index) => {
    const root = rootOf(index);
    const family = families.get(root) ?? [];
    family.push(row);
    families.set(root, family);
  });
  return [...families.values()];
};

const linkingKeys = (row: ImportRow, rule: ChunkRule): string[] => {
  if ('errors' in row) return [];
  const draft = inStoredForm(row.draft, rule);
  const { id, externalCustomerId, tokens = [] } = draft;
  const external: Identity[] = externalCustomerId ? [{ type: 'EXT', value: externalCustomerId }] : [];
  return [
    ...(rule.dedupeOn === 'id' && id !== undefined ? [`ID#${id}`] : []),
    ...[...external, ...lookupsOf(draft, rule)].map(identityKey),
    ...tokens.map(({ type, value }) => `${type}#${value}`),
  ];
};

const inStoredForm = (draft: ContactDraft, { field }: ChunkRule): ContactDraft =>
  field && draft.fields
    ? { ...draft, fields: suitableFieldValues(draft.fields, new Map([[field.id, field]])).values }
    : draft;
