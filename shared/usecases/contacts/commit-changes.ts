import type { Contact } from '#domain/contacts/contact.ts';
import { type Claim, type Identity, identitiesOf, identityKey, isSoleOwned } from '#domain/contacts/identity.ts';
import type { ClaimWrite, ContactStore, ContactWrite } from '#domain/contacts/ports.ts';
import type { Change, SaveView, WriteRule } from '#domain/contacts/working-state.ts';
import { identifyingFieldsOf } from '#domain/fields/custom-field.ts';

/** A change with the identities it gains and loses. */
interface Move {
  readonly change: Change;
  readonly gains: readonly Identity[];
  readonly losses: readonly Identity[];
}

export interface CommitPorts {
  readonly contacts: ContactStore;
  /** Called with every creation once it has its id and before anything of it is written. */
  readonly noteCreations: (creations: readonly Change[]) => Promise<void>;
  /** Called with creations beside the writing of their claims; their contacts are not written before it resolves. */
  readonly promiseCreations?: (creations: readonly Change[]) => Promise<void>;
}

/**
 * Commits planned changes and returns those that another writer was faster at, of which nothing but claims was written.
 * Claims come first: a creation claims its identities, then inserts its contact; a change of identities is one
 * transaction over the contact and every claim that it gains or loses; anything else replaces one contact.
 */
export const commitChanges = async (
  ports: CommitPorts,
  changes: readonly Change[],
  view: SaveView,
  rule: WriteRule,
): Promise<Set<Change>> => {
  const { contacts } = ports;
  const moves = changes.filter(isWrite).map((change) => moveOf(change, rule));
  const creations = moves.filter(({ change }) => !change.base);
  const swaps = moves.filter(({ change, gains, losses }) => change.base && gains.length + losses.length > 0);
  const edits = moves.filter(({ change, gains, losses }) => change.base && gains.length + losses.length === 0);
  const refused = new Set<Change>();
  const claims = await knownClaims(contacts, view, swaps);

  await commitSwaps(contacts, swaps, claims, refused);
  await namePending(contacts, creations);
  if (creations.length > 0) await ports.noteCreations(creations.map(({ change }) => change));
  await Promise.all([commitCreations(ports, creations, claims, refused), commitEdits(contacts, edits, refused)]);

  return refused;
};

const isWrite = ({ base, contact }: Change): boolean => contact !== base;

const moveOf = (change: Change, rule: WriteRule): Move => {
  const identifying = identifyingFieldsOf(rule.definitions);
  const before = change.base ? identitiesOf(change.base, identifying) : [];
  const after = identitiesOf(change.contact, identifying);
  return { change, gains: without(after, before), losses: without(before, after) };
};

const without = (identities: readonly Identity[], others: readonly Identity[]): Identity[] => {
  const keys = new Set(others.map(identityKey));
  return identities.filter((identity) => !keys.has(identityKey(identity)));
};

/** The claims as this writer knows them: as they were read, and later as it wrote them. */
type Claims = Map<string, Claim>;

const knownClaims = async (contacts: ContactStore, view: SaveView, swaps: readonly Move[]): Promise<Claims> => {
  const claims = new Map(view.claims);
  const lost = new Map(swaps.flatMap(({ losses }) => losses.map((identity) => [identityKey(identity), identity])));
  const unread = [...lost].filter(([key]) => !claims.has(key)).map(([, identity]) => identity);
  for (const claim of unread.length > 0 ? await contacts.readClaims(unread) : []) {
    claims.set(identityKey(claim.identity), claim);
  }
  return claims;
};

const claimOf = (claims: Claims, identity: Identity): Claim =>
  claims.get(identityKey(identity)) ?? { identity, contactIds: [] };

const claimWrite = (
  { identity, stamp }: Claim,
  contactIds: readonly number[],
  { id, version }: Contact,
): ClaimWrite => ({
  identity,
  contactIds,
  stamp: `${id}.${version}`,
  ...(stamp !== undefined && { expectedStamp: stamp }),
});

const note = (claims: Claims, { identity, contactIds, stamp }: ClaimWrite) =>
  claims.set(identityKey(identity), contactIds.length > 0 ? { identity, contactIds, stamp } : { identity, contactIds });

/** One transaction each; those that touch the same claim follow one another, as each must know what the last one left. */
const commitSwaps = async (contacts: ContactStore, swaps: readonly Move[], claims: Claims, refused: Set<Change>) => {
  const lastOf = new Map<string, Promise<void>>();
  const commits = swaps.map((move) => {
    const keys = [...move.gains, ...move.losses].map(identityKey);
    const commit = Promise.all(keys.map((key) => lastOf.get(key))).then(() =>
      commitSwap(contacts, move, claims, refused),
    );
    for (const key of keys) lastOf.set(key, commit);
    return commit;
  });
  await Promise.all(commits);
};

const commitSwap = async (
  contacts: ContactStore,
  { change, gains, losses }: Move,
  claims: Claims,
  refused: Set<Change>,
) => {
  const { contact } = change;
  // A gained claim is named even if it lists the contact already: claims and contacts are read at different moments.
  const gained = gains.map((identity) => {
    const claim = claimOf(claims, identity);
    return claimWrite(claim, ownersWith(claim, [contact.id]), contact);
  });
  const lost = losses
    .map((identity) => claimOf(claims, identity))
    .filter(({ contactIds }) => contactIds.includes(contact.id))
    .map((claim) =>
      claimWrite(
        claim,
        claim.contactIds.filter((id) => id !== contact.id),
        contact,
      ),
    );
  const writes = { contacts: [contactWrite(change)], claims: [...gained, ...lost] };
  const isHeldUp = change.after.some((first) => refused.has(first));
  if (isHeldUp || !(await contacts.transact(writes))) refused.add(change);
  else for (const write of writes.claims) note(claims, write);
};

const contactWrite = ({ base, contact }: Change): ContactWrite => ({
  contact,
  expectedVersion: base?.version ?? 0,
  ...(base && isDeletionOrRestoration(base, contact) && { changesState: true }),
});

/** Erasures have a queue of their own, which tells of them. */
const isDeletionOrRestoration = (before: Contact, after: Contact): boolean =>
  before.state !== after.state && after.state !== 'erased';

const ownersWith = ({ identity, contactIds }: Claim, newcomers: readonly number[]): readonly number[] =>
  isSoleOwned(identity) ? newcomers : [...new Set([...contactIds, ...newcomers])];

/** A creation that no id was claimed for yet is given a new one, in the order of the rows, which count down from -1. */
const namePending = async (contacts: ContactStore, creations: readonly Move[]): Promise<void> => {
  const nameless = creations
    .filter(({ change }) => change.contact.id < 0)
    .sort((one, other) => other.change.contact.id - one.change.contact.id);
  if (nameless.length === 0) return;
  const ids = await contacts.leaseIds(nameless.length);
  nameless.forEach(({ change }, position) => {
    const id = ids[position];
    if (id === undefined) throw new Error('Fewer ids were leased than asked for');
    change.contact = { ...change.contact, id };
  });
};

/** Two waves for all creations together: their claims, each written once, then the contacts whose claims all held. */
const commitCreations = async (
  { contacts, promiseCreations }: CommitPorts,
  creations: readonly Move[],
  claims: Claims,
  refused: Set<Change>,
) => {
  for (const { change } of creations) if (change.after.some((first) => refused.has(first))) refused.add(change);
  const claiming = creations.filter(({ change }) => !refused.has(change));

  const writes = claimWritesOf(claiming, claims);
  const [verdicts] = await Promise.all([
    contacts.writeClaims(writes),
    promiseCreations?.(claiming.map(({ change }) => change)),
  ]);
  const lost = new Set(
    writes.filter((_, position) => !verdicts[position]).map(({ identity }) => identityKey(identity)),
  );

  const ready = claiming.filter(({ gains }) => !gains.some((identity) => lost.has(identityKey(identity))));
  const inserted = await contacts.insertContacts(ready.map(({ change }) => change.contact));
  const created = new Set(ready.filter((_, position) => inserted[position]));
  for (const move of creations) if (!created.has(move)) refused.add(move.change);
};

const claimWritesOf = (creations: readonly Move[], claims: Claims): ClaimWrite[] => {
  const wanted = new Map<string, { identity: Identity; newcomers: Contact[] }>();
  for (const { change, gains } of creations) {
    for (const identity of gains) {
      const key = identityKey(identity);
      const isListed = claims.get(key)?.contactIds.includes(change.contact.id);
      if (isListed) continue;
      const claim = wanted.get(key) ?? { identity, newcomers: [] };
      claim.newcomers.push(change.contact);
      wanted.set(key, claim);
    }
  }
  return [...wanted.values()].flatMap(({ identity, newcomers }) => {
    const claim = claimOf(claims, identity);
    const [first] = newcomers;
    return first
      ? [
          claimWrite(
            claim,
            ownersWith(
              claim,
              newcomers.map(({ id }) => id),
            ),
            first,
          ),
        ]
      : [];
  });
};

const commitEdits = async (contacts: ContactStore, edits: readonly Move[], refused: Set<Change>) => {
  const writes = edits.map(({ change }) => contactWrite(change));
  const verdicts = await contacts.replaceContacts(writes);
  edits.forEach(({ change }, position) => {
    if (!verdicts[position]) refused.add(change);
  });
};
