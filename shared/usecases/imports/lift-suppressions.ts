import type { ContactContent } from '#domain/contacts/contact.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { ImportChunk } from '#domain/imports/import-session.ts';
import type { ImportFiles } from '#domain/imports/ports.ts';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import type { UndoWork } from './plan-undo.ts';

export interface LiftPorts {
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly importFiles: Pick<ImportFiles, 'readRows' | 'readOutcomes'>;
  readonly suppressions: Pick<SuppressionStore, 'lift'>;
}

/**
 * Lifts the suppressions that rows of a chunk brought in and that nobody else asked for: before its contacts are undone, as
 * the rows of those that are removed are wiped.
 */
export const liftSuppressions = async (
  { contacts, importFiles, suppressions }: LiftPorts,
  chunk: ImportChunk & { readonly outcomesKey: string },
  { sessionId, layers }: UndoWork,
): Promise<void> => {
  const rows = (await importFiles.readRows(chunk)).filter(({ refusals }) => refusals);
  if (rows.length === 0) return;
  const refused = new Set(rows.map(({ row }) => row));
  const outcomes = await importFiles.readOutcomes(chunk.outcomesKey);
  const ids = outcomes.filter(({ row }) => refused.has(row)).flatMap(({ contactId }) => contactId ?? []);
  // Anyone who was known by something else was refused at the addresses that were stored then.
  const found = ids.length > 0 ? (await contacts.readContacts([...new Set(ids)], [])).contacts : [];
  const before = (await Promise.all(ids.map((id) => layers.layersOf(id, sessionId, [chunk.number])))).flat();
  const stored = [...found, ...before.flatMap(({ before, after }) => [before, after])].flatMap(addressesOf);
  const submitted = rows.flatMap((row) => [
    ...(row.addresses ?? []),
    ...('draft' in row ? addressesOf(row.draft) : []),
  ]);
  const addresses = [...new Set([...submitted, ...stored])];
  if (addresses.length > 0) await suppressions.lift(sessionId, addresses);
};

const addressesOf = ({ email, sms }: Pick<ContactContent, 'email' | 'sms'>): string[] =>
  [email, sms].filter((address) => address !== undefined);
