import type { Problem } from '#domain/problem.ts';
import { log } from '#shared/log.ts';

/** Writes down which members of a contact were left out, and why: the answer has no place for it (contract 2.7). */
export const logWarnings = ({ id, warnings }: { readonly id: number; readonly warnings: readonly Problem[] }): void => {
  if (warnings.length === 0) return;
  log.info('Members were left out of a contact', {
    contactId: id,
    members: warnings.map(({ code, field }) => ({ code, field })),
  });
};
