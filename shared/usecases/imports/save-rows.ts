import type { Ambient } from '#domain/ambient.ts';
import type { PhoneMatches } from '#domain/contacts/match.ts';
import type { SaveRule } from '#domain/contacts/plan.ts';
import type { FieldStore } from '#domain/fields/ports.ts';
import type {
  DraftRow,
  ImportRow,
  ImportSettings,
  RefusedRow,
  RowOrigin,
  RowOutcome,
} from '#domain/imports/import-session.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { segmentNameKey, staticOnly } from '#domain/segments/segment.ts';
import { type SavedRow, type SavePorts, saveContacts } from '../contacts/save-contacts.ts';

export interface RulePorts extends Pick<Ambient, 'now'> {
  readonly segments: Pick<SegmentStore, 'ensure' | 'findByNames'>;
  readonly fields: Pick<FieldStore, 'list'>;
  readonly phoneMatches?: PhoneMatches;
}

/** Takes the rows of a chunk through the write path; each ends in exactly one outcome, in order. */
export const saveRows = async (ports: SavePorts, rows: readonly ImportRow[], rule: SaveRule) => {
  const drafts = rows.flatMap((row) => ('draft' in row ? row.draft : []));
  const saved = await saveContacts(ports, drafts, rule);
  const remaining = saved.rows.values();
  const outcomes = rows.map((row) => ('draft' in row ? outcomeOf(row, remaining.next().value) : refusalOf(row)));
  return { outcomes, saved };
};

/** The names of the segments that rows join by themselves, each once. */
export const segmentNamesIn = (rows: readonly ImportRow[]): string[] => [
  ...new Map(
    rows
      .flatMap((row) => ('draft' in row ? (row.draft.segmentNames ?? []) : []))
      .map((name) => [segmentNameKey(name), name] as const),
  ).values(),
];

/** How the rows of an import are saved under this token; segments that its settings and its rows name are made if missing. */
export const ruleOf = async (
  ports: RulePorts,
  settings: ImportSettings,
  { token, segmentNames }: { readonly token: string; readonly segmentNames: readonly string[] },
): Promise<SaveRule> => {
  const [definitions, ensured, left] = await Promise.all([
    ports.fields.list(),
    settings.groupNames.length + segmentNames.length > 0
      ? ports.segments.ensure([...settings.groupNames, ...segmentNames])
      : [],
    settings.groupNamesExclude.length > 0 ? ports.segments.findByNames(settings.groupNamesExclude) : [],
  ]);
  const made = new Map(staticOnly(ensured).map((segment) => [segmentNameKey(segment.name), segment]));
  const madeOf = (names: readonly string[]) => names.flatMap((name) => made.get(segmentNameKey(name)) ?? []);
  return {
    dedupeOn: settings.dedupeOn,
    ...(settings.fieldId !== undefined && { fieldId: settings.fieldId }),
    ...(settings.contactFields && { mask: settings.contactFields }),
    customFieldIds: settings.customFieldsIDs,
    restoreDeleted: settings.restoreDeleted,
    ...(settings.importMode && { only: settings.importMode }),
    ...(ports.phoneMatches && { phoneMatches: ports.phoneMatches }),
    ...(!settings.allowSharedIds && { ownTokens: token.slice(0, token.indexOf('#') + 1) }),
    confirmed: true,
    source: 'IMPORT',
    token,
    now: ports.now(),
    definitions: new Map(definitions.map((field) => [field.id, field])),
    joins: madeOf(settings.groupNames),
    leaves: staticOnly(left),
    ...(segmentNames.length > 0 && { named: made }),
  };
};

const outcomeOf = (row: DraftRow, saved: SavedRow | undefined): RowOutcome => {
  if (!saved) throw new Error(`Row ${row.row} was left without an outcome`);
  const warnings = [...(row.warnings ?? []), ...saved.warnings];
  return {
    row: row.row,
    ...placeOf(row),
    outcome: saved.outcome,
    dedupeValue: saved.dedupeValue,
    ...(saved.contact && { contactId: saved.contact.id }),
    ...(saved.error && { error: saved.error }),
    ...(warnings.length > 0 && { warnings }),
  };
};

const refusalOf = ({ row, errors, ...origin }: RefusedRow): RowOutcome => {
  const [error] = errors;
  return { row, ...placeOf(origin), outcome: 'failed', ...(error && { error }) };
};

const placeOf = ({ line, entry }: RowOrigin): Pick<RowOrigin, 'line' | 'entry'> => ({
  ...(line !== undefined && { line }),
  ...(entry !== undefined && { entry }),
});
