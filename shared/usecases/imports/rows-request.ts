import { RollcallError } from '#domain/error.ts';
import type { WantedRows } from '#domain/imports/import-session.ts';
import type { PageRequest } from '#domain/page.ts';

/** Which rows of which import. */
export interface RowsRequest {
  readonly sessionId: string;
  readonly wanted: WantedRows;
  readonly page: PageRequest;
}

/**
 * The batch of outcomes that a page begins in, and the row before its first.
 * @throws RollcallError INVALID_REQUEST for a cursor that is none.
 */
export const positionOf = (cursor = '0.0'): { batch: number; row: number } => {
  const [, batch, row] = /^(\d{1,9})\.(\d{1,9})$/.exec(cursor) ?? [];
  if (batch === undefined || row === undefined) throw new RollcallError('INVALID_REQUEST', 'The cursor is not valid');
  return { batch: Number(batch), row: Number(row) };
};
