import * as z from 'zod/mini';
import { importStates } from '#domain/contacts/consent.ts';
import { RollcallError } from '#domain/error.ts';
import { dedupeKeys, type ImportSettings, maskMembers } from '#domain/imports/import-session.ts';
import { segmentNameKey } from '#domain/segments/segment.ts';
import { listOf } from '../contacts/read-channels.ts';
import { describeIssues } from '../issue.ts';
import { type Bind, binderOf, isObject } from './bind.ts';

const groupNames = z.array(z.string().check(z.maxLength(100))).check(z.maxLength(100));

const importModes = ['createAndUpdate', 'create', 'update'] as const;

/** What a bulk request asks for beside its contacts (contract 4.2). */
export const importSettingsRequest = z.object({
  dedupeOn: z._default(
    z.enum(dedupeKeys).check(z.describe('How contacts are matched, after externalCustomerId')),
    'email',
  ),
  fieldId: z.optional(z.int().check(z.positive(), z.describe('The custom field of `dedupeOn: fieldId`'))),
  contactFields: z.optional(
    z
      .array(z.enum(maskMembers))
      .check(
        z.maxLength(100),
        z.describe('The members that an update writes; a listed member that a contact lacks is cleared'),
      ),
  ),
  customFieldsIDs: z.optional(
    z
      .array(z.int().check(z.positive()))
      .check(z.maxLength(500), z.meta({ description: 'The custom fields that an update writes', examples: [[12345]] })),
  ),
  groupNames: z.optional(
    groupNames.check(
      z.meta({ description: 'Segments that the contacts join; made if missing', examples: [['Customers']] }),
    ),
  ),
  groupNamesExclude: z.optional(
    groupNames.check(
      z.meta({ description: 'Segments that the contacts leave; wins over `groupNames`', examples: [['Subscribers']] }),
    ),
  ),
  restoreDeleted: z._default(z.boolean().check(z.describe('Whether deleted contacts are restored or skipped')), false),
  importMode: z.optional(
    z
      .enum(importModes)
      .check(
        z.describe(
          'Whether rows create contacts, update them, or do both, as the vendor does; Rollcall has this beside the contract',
        ),
      ),
  ),
  eventKeyForNewContacts: z.optional(
    z
      .string()
      .check(
        z.regex(/^[A-Za-z0-9_-]{1,100}$/),
        z.meta({ description: 'The type of the event that each new contact raises', examples: ['newContact'] }),
      ),
  ),
  importAs: z.optional(
    z
      .enum(importStates)
      .check(z.describe('What everybody counts as at least, e.g. for a list of those who unsubscribed elsewhere')),
  ),
  allowSharedIds: z.optional(
    z
      .boolean()
      .check(
        z.describe(
          'Whether one externalCustomerId may stand beside several e-mail addresses and several phones; otherwise its rows fail',
        ),
      ),
  ),
});

/**
 * Reads what an import asks for beside its rows, leniently (contract 1.3 and 4.2).
 * @throws RollcallError INVALID_REQUEST that names every bad member.
 */
export const parseImportSettings = (body: Readonly<Record<string, unknown>>): ImportSettings => {
  const parsed = importSettingsRequest.safeParse(bindImportSettings(body));
  if (!parsed.success) throw new RollcallError('INVALID_REQUEST', describeIssues(parsed.error.issues));
  const { dedupeOn, fieldId, contactFields, customFieldsIDs, restoreDeleted, eventKeyForNewContacts } = parsed.data;
  const { importMode = 'createAndUpdate', importAs, allowSharedIds } = parsed.data;
  if (dedupeOn === 'fieldId' && fieldId === undefined) {
    throw new RollcallError('INVALID_REQUEST', 'fieldId must name a custom field if dedupeOn is fieldId');
  }
  const groupNamesExclude = distinctNames(parsed.data.groupNamesExclude);
  const excluded = new Set(groupNamesExclude.map(segmentNameKey));
  return {
    dedupeOn,
    ...(fieldId !== undefined && { fieldId }),
    ...(contactFields && { contactFields: [...new Set(contactFields)] }),
    customFieldsIDs: [...new Set(customFieldsIDs)],
    groupNames: distinctNames(parsed.data.groupNames).filter((name) => !excluded.has(segmentNameKey(name))),
    groupNamesExclude,
    restoreDeleted,
    ...(importMode !== 'createAndUpdate' && { importMode }),
    ...(eventKeyForNewContacts !== undefined && { eventKeyForNewContacts }),
    ...(importAs && { importAs }),
    ...(allowSharedIds && { allowSharedIds }),
  };
};

const bindSettings = binderOf(importSettingsRequest);

/** What callers say for values of dedupeOn. */
const aliases: ReadonlyMap<unknown, string> = new Map([
  ['mobilepush', 'push'],
  ['phone', 'sms'],
  ['email_or_phone', 'email_or_sms'],
]);

const bindImportSettings: Bind = (body) => {
  const bound = bindSettings(body);
  if (!isObject(bound)) return bound;
  const dedupeOn = aliases.get(bound.dedupeOn) ?? bound.dedupeOn;
  const { fieldId, groupNames, groupNamesExclude, ...rest } = bound;
  return {
    ...rest,
    dedupeOn,
    ...(dedupeOn === 'fieldId' && { fieldId }),
    groupNames: listOf(groupNames).map(nameOf),
    groupNamesExclude: listOf(groupNamesExclude).map(nameOf),
  };
};

/** Names are accepted as text and as objects with a name (contract 4.1). */
const nameOf: Bind = (value) => {
  const name = isObject(value) ? value.name : value;
  return typeof name === 'string' ? name.trim() : name;
};

const distinctNames = (names: readonly string[] = []): string[] => {
  const byKey = new Map<string, string>();
  for (const name of names) if (name !== '' && !byKey.has(segmentNameKey(name))) byKey.set(segmentNameKey(name), name);
  return [...byKey.values()];
};
