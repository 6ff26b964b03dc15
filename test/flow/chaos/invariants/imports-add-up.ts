import * as z from 'zod';
import { listAll, shownImport } from '../pages.ts';
import type { World } from '../world.ts';

const row = z.object({ row: z.int(), outcome: z.string(), contactId: z.int().optional(), code: z.string().optional() });
type Row = z.infer<typeof row>;
type Shown = z.infer<typeof shownImport>;

const outcomes = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const;

/** Each row of each import has one outcome, and the counts say how many there are. Returns whom imports created. */
export const checkImports = async ({ ask, ledger, trail }: World): Promise<ReadonlySet<number>> => {
  const imports = await listAll(ask, '/admin/v1/imports', shownImport);
  const shown = new Set(imports.map(({ sessionId }) => sessionId));
  for (const sessionId of ledger.imports.keys()) {
    if (!shown.has(sessionId)) trail.violate('an accepted import is there', sessionId);
  }
  const created = new Set<number>();
  for (const session of imports) {
    const rows = await listAll(ask, `/admin/v1/imports/${session.sessionId}/rows`, row);
    for (const wrong of wrongIn(session, rows, ledger.imports.get(session.sessionId))) {
      trail.violate('an import adds up', `${session.sessionId} (${session.state}): ${wrong}`);
    }
    for (const { outcome, contactId } of rows) if (outcome === 'created' && contactId) created.add(contactId);
  }
  return created;
};

const wrongIn = (session: Shown, rows: readonly Row[], sent: number | undefined): string[] => {
  const wrong: string[] = [];
  if (session.state === 'ERROR') return [`it ended in ERROR: ${session.reason}`];
  // Nobody knows how many rows a file has that was cancelled before it was read.
  const isUnread = session.state === 'CANCELLED' && session.upload !== undefined && session.total === 0;
  const total = isUnread ? 0 : (sent ?? session.total);
  const numbers = new Set(rows.map((one) => one.row));
  if (numbers.size !== rows.length) wrong.push('a row has two outcomes');
  if (session.total !== total || session.read !== total || numbers.size !== total) {
    wrong.push(
      `${total} rows were sent, ${session.total} are in all, ${session.read} read, ${numbers.size} have an outcome`,
    );
  }
  for (const outcome of outcomes) {
    const count = rows.filter((one) => one.outcome === outcome).length;
    if (count !== session[outcome]) wrong.push(`${session[outcome]} rows are counted as ${outcome}, and ${count} are`);
  }
  const failed = rows.filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0) wrong.push(`${failed.length} good rows failed, the first as ${failed[0]?.code}`);
  return wrong;
};
