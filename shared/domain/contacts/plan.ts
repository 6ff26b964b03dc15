import { suitableFieldValues } from '../fields/field-value.ts';
import type { Outcome } from '../imports/import-session.ts';
import { isStranger, sharedId } from '../imports/shared-ids.ts';
import type { Problem, ProblemCode } from '../problem.ts';
import type { Segment } from '../segments/segment.ts';
import type { Proposal } from '../subscriptions/proposal.ts';
import type { ContactContent, ContactDraft } from './contact.ts';
import { dedupeValueOf, isIdentified, type Match, type MatchRule, matchDraft } from './match.ts';
import { contentOf, createdContent, type MergeRule, mergeContent } from './merge.ts';
import type { Proposing } from './plan-proposal.ts';
import {
  type Change,
  joinsOf,
  maxOwners,
  type SaveView,
  type WorkingState,
  type WriteRule,
  workingState,
} from './working-state.ts';

/** How a request's rows are matched, merged and written. */
export interface SaveRule extends MatchRule, MergeRule, WriteRule {
  readonly restoreDeleted: boolean;
  /** Only new contacts are created, or only known ones updated; both if absent. */
  readonly only?: 'create' | 'update';
  /** Whether a contact that is restored is not in the segments any more that it was in. */
  readonly dropsSegments?: boolean;
  /** Whether contacts that are known stay as they are, but for being restored: the rows are only to learn who they are. */
  readonly keepsKnown?: true;
  /** What the tokens of all parts of an import begin with, if no externalCustomerId may be shared by strangers. */
  readonly ownTokens?: string;
  /**
   * How rows of strangers are planned: known contacts are only filled in where they say nothing, and what the rows would
   * change beside that is handed back. Absent: the rows come from the company itself.
   */
  readonly proposes?: Proposing;
}

/** What shall become of one row. */
export interface RowPlan {
  readonly outcome: Outcome;
  readonly dedupeValue: string;
  /** Shared by all rows that mean the same contact; absent for rows that write nothing at all. */
  readonly change?: Change;
  /** Why the row fails or is skipped. */
  readonly error?: Problem;
  readonly warnings: readonly Problem[];
  /** What the row would change about a contact that is known, if its rule only proposes. */
  readonly proposal?: Proposal;
}

/**
 * Plans rows one after the other, each seeing what the ones before it did, so that rows which mean the same contact
 * fold in order. Pure: the same view gives the same plan. `undefined`: the row has to wait for what the others do.
 */
export const planRows = (drafts: readonly ContactDraft[], view: SaveView, rule: SaveRule): (RowPlan | undefined)[] => {
  const working = workingState(view, rule);
  return drafts.map((draft) => planRow(draft, working, rule));
};

const planRow = (given: ContactDraft, working: WorkingState, rule: SaveRule): RowPlan | undefined => {
  const { values, warnings } = suitableFieldValues(given.fields ?? [], rule.definitions);
  const draft = { ...given, fields: values };
  if (isIdentified(given, rule) && !isIdentified(draft, rule)) {
    const error = rowError('MISSING_DEDUPE_VALUE', given);
    return { outcome: 'failed', dedupeValue: dedupeValueOf(given, rule), error, warnings };
  }
  const match = matchDraft(working, draft, rule);
  if (match.kind === 'unsettled') return undefined;
  const about = { dedupeValue: dedupeValueOf(draft, rule, 'by' in match ? match.by : undefined), warnings };
  if (match.kind === 'refused') {
    const ownerId = 'ownerId' in match ? match.ownerId : undefined;
    return { ...about, outcome: 'failed', error: rowError(match.code, given, ownerId) };
  }
  if (match.kind === 'found' && isSharedId(match, draft, rule)) {
    return { ...about, outcome: 'failed', error: sharedId(draft) };
  }
  const isDeleted = match.kind === 'found' && match.contact.state === 'deleted';
  if (match.kind === 'found' && rule.keepsKnown && !isDeleted) {
    return { ...about, outcome: 'unchanged', change: working.keep(match.contact) };
  }
  if (match.kind === 'found' ? rule.only === 'create' : rule.only === 'update') {
    const code = match.kind === 'found' ? 'CONTACT_EXISTS' : 'CONTACT_UNKNOWN';
    return { ...about, outcome: 'skipped', error: rowError(code, given) };
  }
  if (match.kind === 'found' && rule.proposes) {
    return { ...about, ...rule.proposes.known({ contact: match.contact, draft, working, rule }) };
  }
  if (isDeleted && !rule.restoreDeleted) {
    return { ...about, outcome: 'skipped', error: rowError('CONTACT_DELETED', given) };
  }
  const content = contentAfter(match, { given, draft: rule.proposes?.born(draft, working) ?? draft }, rule);
  const joins = joinsOf(given, rule);
  const saved = working.save(match, content, joins);
  if ('excess' in saved) return { ...about, outcome: 'failed', error: rowError(saved.excess, given) };
  const left = working.left(saved.change.contact.id, joins).map(categoryLeft);
  return { ...about, ...saved, warnings: [...warnings, ...replacedEmail(match, content), ...left] };
};

/** Only the person takes back that it left a subscription category. */
const categoryLeft = ({ name }: Segment): Problem => ({
  code: 'CATEGORY_LEFT',
  field: 'groups',
  message: `The person has left the subscription category of segment '${name}', and was not put into it`,
});

/** Whether another part of the same import wrote the contact, as somebody else's. */
const isSharedId = (
  { contact, by }: Extract<Match, { kind: 'found' }>,
  draft: ContactDraft,
  rule: SaveRule,
): boolean => {
  const { ownTokens, token } = rule;
  if (ownTokens === undefined || by?.type !== 'EXT' || contact.updatedBy === token) return false;
  return contact.updatedBy.startsWith(ownTokens) && isStranger(contact, draft);
};

const contentAfter = (
  match: Match,
  { given, draft }: { readonly given: ContactDraft; readonly draft: ContactDraft },
  rule: SaveRule,
): ContactContent => {
  if (match.kind !== 'found') return createdContent(draft, rule);
  if (rule.keepsKnown) return contentOf(match.contact);
  return mergeContent(match.contact, draft, leavingRejectedFields(rule, given, draft));
};

/** Two people may share a phone number: anyone who loses an e-mail address by it is worth a word. */
const replacedEmail = (match: Match, { email }: ContactContent): Problem[] => {
  if (match.kind !== 'found' || match.by?.type !== 'SMS') return [];
  const { email: before } = match.contact;
  if (before === undefined || email === undefined || before === email) return [];
  const message = 'The contact was known by its phone alone, and its e-mail address was replaced';
  return [{ code: 'EMAIL_REPLACED', field: 'email', message }];
};

/** A value that does not suit its field leaves the stored one alone, even if the mask would clear it. */
const leavingRejectedFields = (rule: SaveRule, given: ContactDraft, draft: ContactDraft): MergeRule => {
  if (!rule.customFieldIds || given.fields?.length === draft.fields?.length) return rule;
  const isRejected = (id: number) =>
    given.fields?.some((field) => field.id === id) && !draft.fields?.some((field) => field.id === id);
  return { ...rule, customFieldIds: rule.customFieldIds.filter((id) => !isRejected(id)) };
};

const rowErrors = {
  MISSING_DEDUPE_VALUE: ['fields', () => 'The value does not suit the custom field that contacts are matched by'],
  UNKNOWN_ID: ['id', ({ id }) => `Contact with id='${id}' not found`],
  EXTERNAL_ID_CONFLICT: ['externalCustomerId', ({ id }) => `Contact ${id} already has another externalCustomerId`],
  EXTERNAL_ID_OWNED: [
    'externalCustomerId',
    ({ externalCustomerId }, ownerId) =>
      `externalCustomerId '${externalCustomerId}' already belongs to contact ${ownerId}`,
  ],
  CONTACT_DELETED: ['restoreDeleted', () => 'The contact is deleted; send restoreDeleted to restore and update it'],
  CONTACT_EXISTS: ['importMode', () => 'The contact exists, and the import only creates contacts'],
  CONTACT_UNKNOWN: ['importMode', () => 'There is no such contact, and the import only updates contacts'],
  TOO_MANY_OWNERS: ['channels', () => `More than ${maxOwners} contacts would share one e-mail, phone or field value`],
  TOO_LARGE: ['contact', () => 'The contact has more channels or fields than one contact can hold'],
} as const satisfies Partial<Record<ProblemCode, readonly [string, (draft: ContactDraft, ownerId?: number) => string]>>;

const rowError = (code: keyof typeof rowErrors, draft: ContactDraft, ownerId?: number): Problem => {
  const [field, message] = rowErrors[code];
  return { code, field, message: message(draft, ownerId) };
};
