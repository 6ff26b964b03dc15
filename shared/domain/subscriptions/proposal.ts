import type { Address, AddressPart, Contact, ContactDraft, ContactTexts } from '../contacts/contact.ts';

/**
 * The members of a contact that a form may write, by name, flat: `firstName`, `address.town`, `fields.12345`. `null`
 * clears one.
 */
export type ProposedMembers = Readonly<Record<string, string | null>>;

/** What a form would change about a known person, kept aside until the owner of the address confirms it. */
export interface Proposal {
  readonly members: ProposedMembers;
  /** The segments that the contact would join. */
  readonly segmentIds: readonly number[];
  /** Whether the contact is deleted and would be restored. */
  readonly restores: boolean;
}

/** A proposal as it is kept; later ones to the same contact and address are laid over it, member by member. */
export interface KeptProposal extends Proposal {
  /** Names the proposal that was added last. */
  readonly revision: string;
}

const texts = ['firstName', 'lastName', 'languageCode', 'timeZone'] as const satisfies readonly (keyof ContactTexts)[];
const addressParts: readonly AddressPart[] = ['region', 'town', 'address', 'postcode', 'countryCode'];

/** The longest value that is kept aside, in characters: that of a long text (contract 2.6). */
const maxValueLength = 5000;

/** What a draft says about an existing contact, told apart by whether the contact says anything there yet. */
export interface SplitDraft {
  /** What the contact has no value for. */
  readonly fills: ProposedMembers;
  /** What differs from what the contact says. */
  readonly changes: ProposedMembers;
  /** What the contact says already: it takes back what others proposed in its place. */
  readonly repeats: ProposedMembers;
}

/** Tells what a draft fills in from what it would change; identities and what is too long are neither. */
export const splitDraft = (contact: Contact, draft: ContactDraft, identifying: ReadonlySet<number>): SplitDraft => {
  const current = membersOf(contact, identifying);
  const said = [...membersOf(draft, identifying)].filter(([, value]) => (value?.length ?? 0) <= maxValueLength);
  const kinds = Map.groupBy(said, ([name, value]) => {
    const stored = current.get(name) ?? null;
    if (value === stored) return 'repeats';
    return stored === null ? 'fills' : 'changes';
  });
  const membersIn = (kind: keyof SplitDraft) => Object.fromEntries(kinds.get(kind) ?? []);
  return { fills: membersIn('fills'), changes: membersIn('changes'), repeats: membersIn('repeats') };
};

/** Proposed members as a draft that can be merged. */
export const draftOf = (members: ProposedMembers): ContactDraft => {
  const entries = Object.entries(members);
  const address = entries.filter(([name]) => name.startsWith(addressPrefix));
  const fields = entries.filter(([name]) => name.startsWith(fieldPrefix));
  return {
    ...Object.fromEntries(texts.filter((name) => name in members).map((name) => [name, members[name]])),
    ...(address.length > 0 && {
      address: Object.fromEntries(address.map(([name, value]) => [name.slice(addressPrefix.length), value])),
    }),
    ...(fields.length > 0 && {
      fields: fields.map(([name, value]) => ({ id: Number(name.slice(fieldPrefix.length)), value: value ?? '' })),
    }),
  };
};

const addressPrefix = 'address.';
const fieldPrefix = 'fields.';

type MembersSource = Pick<ContactDraft, 'fields' | (typeof texts)[number]> & {
  readonly address?: { readonly [Part in keyof Address]?: Address[Part] | null };
};

const membersOf = (source: MembersSource, identifying: ReadonlySet<number>): Map<string, string | null> => {
  const members = new Map<string, string | null>();
  for (const name of texts) if (source[name] !== undefined) members.set(name, source[name]);
  for (const part of addressParts) {
    const value = source.address?.[part];
    if (value !== undefined) members.set(`${addressPrefix}${part}`, value);
  }
  for (const { id, value } of source.fields ?? []) {
    if (!identifying.has(id)) members.set(`${fieldPrefix}${id}`, value === '' ? null : value);
  }
  return members;
};
