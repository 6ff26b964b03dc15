import type { Contact, ContactContent, ContactState } from '../contacts/contact.ts';
import type { SegmentEpoch } from '../segments/segment.ts';
import { contentIn, epochsIn, type Values, valuesOf } from './contact-values.ts';

/** A contact as it was before a chunk wrote it, and what the chunk was about to write. */
export interface FormerContact {
  readonly contactId: number;
  /** The drafts of the chunk that mean it, counted from 0. */
  readonly rows?: readonly number[];
  /** The version that the chunk read. */
  readonly version: number;
  /** When it was kept, a moment before the chunk wrote. ISO 8601 in UTC. */
  readonly notedAt: string;
  /** The token of the write that made that version. */
  readonly updatedBy: string;
  readonly before: ContactContent;
  readonly after: ContactContent;
  readonly stateBefore: ContactState;
  readonly stateAfter: ContactState;
  /** Whether the chunk wrote the contact itself, be it with the content that it had, and not its segments alone. */
  readonly isWritten: boolean;
  readonly joined: readonly SegmentEpoch[];
  readonly left: readonly SegmentEpoch[];
}

/** One write of a contact that is to be undone, with the token of the chunk that made it. */
export interface Layer extends FormerContact {
  readonly token: string;
}

/** What an import wrote that was undone before. */
export interface NotedLayer extends Layer {
  /** ISO 8601 in UTC. */
  readonly undoneAt: string;
}

/** What is known of a contact before it is undone. */
export interface UndoBasis {
  readonly contact: Contact;
  /** Those of the segments that the layers name in which it is now. */
  readonly memberships: readonly SegmentEpoch[];
  /** What the import wrote that is undone. */
  readonly own: readonly Layer[];
  /** What imports wrote that were undone while this one still lay over it. */
  readonly noted: readonly NotedLayer[];
  /** Whether a write is one of these imports'. */
  readonly isUndone: (token: string) => boolean;
  /** Whether this undo may have been here before: then what is back is what it gave back. */
  readonly isRepeat: boolean;
}

/** A contact without what imports wrote. */
export interface RevertedContact {
  readonly content: ContactContent;
  readonly state: ContactState;
  readonly join: readonly SegmentEpoch[];
  readonly leave: readonly SegmentEpoch[];
  /** The names of the values that are the former ones again, and of those that somebody has changed since. */
  readonly restored: readonly string[];
  readonly changedSince: readonly string[];
  /** Whether anything that the import changed is as it was before, by this undo or already. */
  readonly isBack: boolean;
  /** The token of the last write that is not undone. */
  readonly writer: string;
  /** Whether nobody wrote between or after the writes of the import, so that nothing of it is left. */
  readonly isWhole: boolean;
}

/**
 * Takes what imports wrote out of a contact, the last write first: every value that still is what a layer wrote becomes the
 * former one. Layers that were undone before only follow what is restored, if it lay over them by then.
 */
export const revertContact = (basis: UndoBasis): RevertedContact => {
  const now = valuesOf(basis.contact, basis.contact.state, basis.memberships);
  const before = new Map(now);
  /** When the layer was written that was the last to give a value back. */
  const given = new Map<string, number>();
  const restored = new Set<string>();
  const changedSince = new Set<string>();
  let isBack = false;
  const layers = [...basis.own, ...basis.noted].filter((layer) => !isLost(layer, basis));
  for (const layer of layers.toSorted(lastFirst)) {
    const undoneAt = isNoted(layer) ? Date.parse(layer.undoneAt) : undefined;
    const isOwn = undoneAt === undefined;
    const names = changedNames(layer).filter((name) => isOwn || (given.get(name) ?? Infinity) <= undoneAt);
    const said = revertLayer(now, layer, names);
    for (const name of said.restored) restored.add(name);
    for (const name of [...said.restored, ...(basis.isRepeat ? said.back : [])]) {
      given.set(name, Date.parse(layer.notedAt));
    }
    if (!isOwn || isSuperseded(layer, basis.own)) continue;
    isBack ||= said.back.length > 0;
    for (const name of said.changedSince) changedSince.add(name);
  }
  const { writer, passed } = writerBelow(basis);
  const isPassed = (layer: Layer) => !layer.isWritten || passed.has(layer.token);
  return {
    ...contentIn(now),
    join: epochsIn(now, before),
    leave: epochsIn(before, now),
    restored: [...restored],
    changedSince: [...changedSince],
    isBack: isBack || restored.size > 0,
    writer,
    isWhole: changedSince.size === 0 && basis.own.every(isPassed),
  };
};

const isNoted = (layer: Layer | NotedLayer): layer is NotedLayer => 'undoneAt' in layer;

/** The import whose chunk wrote by a token. */
export const sessionOf = (token: string): string => token.replace(/#\d+$/, '');

/** The token of what undoing an import writes: it says whose the contact would be if the import had never been. */
export const undoToken = (sessionId: string, writer: string): string => `undo ${sessionId} to ${writer}`;

/** Whether undoing this import made a version. */
export const isUndoOf = (sessionId: string, updatedBy: string): boolean =>
  updatedBy.startsWith(`undo ${sessionId} to `);

/** Who wrote a contact last, but for what was undone. */
export const writerOf = (updatedBy: string): string => /^undo \S+ to (.*)$/s.exec(updatedBy)?.[1] ?? updatedBy;

/** Chunks that changed segments alone left the version to those that came after them, which read the same one. */
const lastFirst = (one: Layer, other: Layer): number =>
  other.version - one.version ||
  Number(other.isWritten) - Number(one.isWritten) ||
  Date.parse(other.notedAt) - Date.parse(one.notedAt);

const formerOf = ({ before, stateBefore, left }: Layer): Values => valuesOf(before, stateBefore, left);

const writtenOf = ({ after, stateAfter, joined }: Layer): Values => valuesOf(after, stateAfter, joined);

const changedNames = (layer: Layer): string[] => {
  const [former, written] = [formerOf(layer), writtenOf(layer)];
  return [...new Set([...former.keys(), ...written.keys()])].filter((name) => former.get(name) !== written.get(name));
};

const emailNames: ReadonlySet<string> = new Set(['email', 'confirmed', 'confirmedAt']);

/** `confirmed` follows the e-mail address that it is about, and an address that its owner confirmed since stays. */
const revertLayer = (now: Values, layer: Layer, names: readonly string[]) => {
  const [former, written] = [formerOf(layer), writtenOf(layer)];
  const is = (name: string, values: Values) => now.get(name) === values.get(name);
  const isConfirmedSince = now.has('confirmedAt') && !is('confirmedAt', written) && !is('confirmedAt', former);
  const keepsEmail = names.includes('email') && (isConfirmedSince || (!is('email', written) && !is('email', former)));
  const isKept = (name: string) => keepsEmail && emailNames.has(name);
  const restored = names.filter((name) => is(name, written) && !isKept(name));
  const changedSince = names.filter((name) =>
    isKept(name) ? name === 'email' : !is(name, written) && !is(name, former),
  );
  const back = names.filter((name) => is(name, former) && !isKept(name));
  for (const name of restored) {
    const value = former.get(name);
    if (value === undefined) now.delete(name);
    else now.set(name, value);
  }
  return { restored, changedSince, back };
};

/** Whether a chunk never wrote what it was about to: it lost to another writer and planned it again, or was given up. */
const isLost = (layer: Layer, { contact, own, noted }: UndoBasis): boolean => {
  if (layer.isWritten && contact.version <= layer.version) return true;
  const next = [...own, ...noted].find(({ version }) => version === layer.version + 1);
  const wroteNext = contact.version === layer.version + 1 ? contact.updatedBy : next?.updatedBy;
  return layer.isWritten && wroteNext !== undefined && wroteNext !== layer.token;
};

/** Whether the same chunk came again: then it may never have written this, and what it wrote later says it all. */
const isSuperseded = (layer: Layer, own: readonly Layer[]): boolean =>
  own.some(
    ({ token, version, updatedBy }) =>
      token === layer.token && version > layer.version && !(version === layer.version + 1 && updatedBy === token),
  );

/** Goes down from the last writer of a contact to the first one whose write is not undone, or who created it. */
const writerBelow = ({ contact, own, noted, isUndone }: UndoBasis) => {
  const layers = [...own, ...noted].toSorted(lastFirst);
  const passed = new Set<string>();
  let writer = writerOf(contact.updatedBy);
  while (isUndone(writer) && !passed.has(writer)) {
    passed.add(writer);
    const under = layers.find(({ token, updatedBy }) => token === writer && updatedBy !== writer);
    if (!under) break;
    writer = writerOf(under.updatedBy);
  }
  return { writer, passed };
};

/** What an undo left behind on a contact that somebody may have written after the import: who is undone next has to know of it. */
export interface UndoNote {
  readonly sessionId: string;
  /** When the import was made. ISO 8601 in UTC. */
  readonly importedAt: string;
  readonly contactId: number;
  /** ISO 8601 in UTC; `underWay` until all of it is written. */
  readonly undoneAt: string;
  /** The chunks that wrote the contact. */
  readonly chunks: readonly number[];
  /** The segments that the import put those into that it created. */
  readonly segmentIds: readonly number[];
}

/** Later than whatever is written to a contact while it is being undone. */
export const underWay = '9999-12-31T23:59:59.999Z';
