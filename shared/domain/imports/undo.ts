import type { Contact, ContactContent, ContactState } from '../contacts/contact.ts';
import { contentOf } from '../contacts/merge.ts';
import type { SegmentEpoch } from '../segments/segment.ts';

/** A contact as it was before a chunk wrote it, and what the chunk was about to write. */
export interface FormerContact {
  readonly contactId: number;
  /** The version that the chunk read. */
  readonly version: number;
  readonly before: ContactContent;
  readonly after: ContactContent;
  readonly stateBefore: ContactState;
  readonly joined: readonly SegmentEpoch[];
  readonly left: readonly SegmentEpoch[];
}

/** Content with each of its values by itself, as JSON by a name like `address.town`. */
const flat = (content: ContactContent): Map<string, string> => {
  const { address = {}, fields = [], tokens = [], ...own } = contentOf(content);
  const entries: [string, unknown][] = [
    ...Object.entries(own),
    ...Object.entries(address).map(([part, value]): [string, unknown] => [`address.${part}`, value]),
    ...fields.map(({ id, value }): [string, unknown] => [`fields.${id}`, value]),
    ...tokens.map((token): [string, unknown] => [`tokens.${token.type}.${token.value}`, token]),
  ];
  return new Map(entries.map(([name, value]) => [name, JSON.stringify(value)]));
};

const unflat = (values: ReadonlyMap<string, string>): ContactContent => {
  const own: Record<string, unknown> = { confirmed: false };
  const address: Record<string, unknown> = {};
  const fields: unknown[] = [];
  const tokens: unknown[] = [];
  for (const [name, json] of values) {
    const value: unknown = JSON.parse(json);
    if (name.startsWith('address.')) address[name.slice('address.'.length)] = value;
    else if (name.startsWith('fields.')) fields.push({ id: Number(name.slice('fields.'.length)), value });
    else if (name.startsWith('tokens.')) tokens.push(value);
    else own[name] = value;
  }
  const parts = Object.keys(address).length > 0 && { address };
  const content = { ...own, ...parts, ...(fields.length > 0 && { fields }), ...(tokens.length > 0 && { tokens }) };
  return contentOf(content as unknown as ContactContent);
};

/** What undoing makes of a contact: its content, and the names of the members that somebody changed since. */
export interface RestoredContent {
  readonly content: ContactContent;
  readonly restored: readonly string[];
  readonly changedSince: readonly string[];
}

/**
 * Gives every member that a chunk changed its former value if it still has the one that the chunk wrote. `confirmed` follows
 * the e-mail address that it is about.
 */
export const restoredContent = (current: Contact, { before, after }: FormerContact): RestoredContent => {
  const [now, former, written] = [flat(current), flat(before), flat(after)];
  const names = [...new Set([...former.keys(), ...written.keys()])].filter(
    (name) => former.get(name) !== written.get(name),
  );
  const restored = names.filter((name) => now.get(name) === written.get(name));
  const changedSince = names.filter(
    (name) => now.get(name) !== written.get(name) && now.get(name) !== former.get(name),
  );
  const keepsEmail = changedSince.includes('email');
  const back = restored.filter((name) => name !== 'confirmed' || !keepsEmail);
  for (const name of back) {
    const value = former.get(name);
    if (value === undefined) now.delete(name);
    else now.set(name, value);
  }
  return { content: unflat(now), restored: back, changedSince };
};

/** The last of what a chunk noted about each contact: what it noted before was lost to another writer and planned again. */
export const lastNoted = (noted: readonly FormerContact[]): Map<number, FormerContact> => {
  const last = new Map<number, FormerContact>();
  for (const former of noted) {
    const known = last.get(former.contactId);
    if (!known || former.version > known.version) last.set(former.contactId, former);
  }
  return last;
};
