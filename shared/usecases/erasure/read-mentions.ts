import { identityKey } from '#domain/contacts/identity.ts';
import type { SaveRule } from '#domain/contacts/plan.ts';
import { createMentions, type Mentions } from '#domain/erasure/mentions.ts';
import type { ImportChunk } from '#domain/imports/import-session.ts';
import type { ImportFiles } from '#domain/imports/ports.ts';
import { identitiesOfDrafts } from '../contacts/read-view.ts';
import { mentionOfId } from '../imports/predicted-contacts.ts';

const parallelReads = 8;

/**
 * Looks through the rows of chunks for all values that contacts are found by: which chunk mentions each for the last
 * time.
 */
export const readMentions = async (
  importFiles: Pick<ImportFiles, 'readRows'>,
  chunks: readonly ImportChunk[],
  rule: SaveRule,
): Promise<Mentions> => {
  const mentions = createMentions();
  const note = async (chunk: ImportChunk) => {
    const rows = await importFiles.readRows(chunk);
    const drafts = rows.flatMap((row) => ('draft' in row ? row.draft : []));
    for (const identity of identitiesOfDrafts(drafts, rule)) mentions.note(identityKey(identity), chunk.number);
    if (rule.dedupeOn !== 'id') return;
    for (const { id } of drafts) if (id !== undefined) mentions.note(mentionOfId(id), chunk.number);
  };
  for (let start = 0; start < chunks.length; start += parallelReads) {
    await Promise.all(chunks.slice(start, start + parallelReads).map(note));
  }
  return mentions;
};
