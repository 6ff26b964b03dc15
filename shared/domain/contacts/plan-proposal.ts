import { identifyingFieldsOf } from '../fields/custom-field.ts';
import type { Outcome } from '../imports/import-session.ts';
import { draftOf, type Proposal, splitDraft } from '../subscriptions/proposal.ts';
import type { Contact, ContactDraft } from './contact.ts';
import { identitiesOf } from './identity.ts';
import { mergeContent } from './merge.ts';
import type { Change, WorkingState, WriteRule } from './working-state.ts';

/** Somebody known, and what a stranger says about them. */
export interface Proposed {
  readonly contact: Contact;
  readonly draft: ContactDraft;
  readonly working: WorkingState;
  readonly rule: WriteRule;
}

/** What shall become of a row that a stranger sent about a known person. */
export interface ProposalPlan {
  readonly outcome: Outcome;
  readonly change: Change;
  readonly proposal?: Proposal;
}

/** How rows of strangers are planned, apart from the rest: only functions that take forms carry it. */
export interface Proposing {
  /** Plans what is said about a known person. */
  known(proposed: Proposed): ProposalPlan;
  /** What of a draft may be said of somebody new. */
  born(draft: ContactDraft, working: WorkingState): ContactDraft;
}

/**
 * Plans what a stranger says about a known person: members without a value are filled in at once, and no identity ever.
 * What is left is a proposal for the owner of the address, if the stranger knew it. Somebody deleted is left alone, and so
 * is anybody with an address, a phone or an id who is only known by a token: many read a token who know nothing of its owner.
 */
const planProposal = ({ contact, draft, working, rule }: Proposed): ProposalPlan => {
  if (isTokenAlone(draft) && isKnownOtherwise(contact)) return { outcome: 'unchanged', change: working.keep(contact) };
  const { fills, changes, repeats } = splitDraft(contact, draft, identifyingFieldsOf(rule.definitions));
  const restores = contact.state === 'deleted';
  const saved = restores ? undefined : saveFilled(contact, draftOf(fills), working);
  const planned = saved ?? ({ outcome: 'unchanged', change: working.keep(contact) } as const);
  const segmentIds = working.unjoined(contact.id).map(({ id }) => id);
  const isProposed = restores || Object.keys(changes).length + segmentIds.length > 0;
  const canBeConfirmed = draft.email !== undefined && draft.email === contact.email;
  if (!isProposed || !canBeConfirmed) return planned;
  const members = { ...(restores && fills), ...repeats, ...changes };
  return { ...planned, proposal: { members, segmentIds, restores } };
};

const isTokenAlone = ({ email, sms }: ContactDraft): boolean => email === undefined && sms === undefined;

const isKnownOtherwise = ({ email, sms, externalCustomerId }: Contact): boolean =>
  email !== undefined || sms !== undefined || externalCustomerId !== undefined;

/** Nothing where the table could not hold the contact. */
const saveFilled = (contact: Contact, fills: ContactDraft, working: WorkingState) => {
  const content = mergeContent(contact, fills, { confirmed: contact.confirmed });
  const saved = working.save({ kind: 'found', contact }, content, 'asTheyAre');
  return 'excess' in saved ? undefined : saved;
};

/** A draft without the tokens that somebody has: they would move to the contact that names them last (contract 2.2). */
const withoutTokensOfOthers = (draft: ContactDraft, working: WorkingState): ContactDraft => {
  const { tokens, ...rest } = draft;
  const free = (tokens ?? []).filter((token) =>
    identitiesOf({ tokens: [token], confirmed: false }, none).every(
      (identity) => working.candidates(identity).length === 0,
    ),
  );
  return free.length > 0 ? { ...rest, tokens: free } : rest;
};

const none: ReadonlySet<number> = new Set();

/** Everything that a stranger says is a proposal. */
export const proposing: Proposing = { known: planProposal, born: withoutTokensOfOthers };
