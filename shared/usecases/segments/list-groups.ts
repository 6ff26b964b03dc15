import type { RowsWindow } from '#domain/contacts/contact-search.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import type { Segment } from '#domain/segments/segment.ts';

/** Segments whose names contain a text, whatever the case, ascending by id (contract 4.12). */
export const listGroups = async (
  { segments }: { readonly segments: Pick<SegmentStore, 'list'> },
  { name = '', skip, take }: RowsWindow & { readonly name?: string },
): Promise<Segment[]> => {
  const wanted = name.trim().toLowerCase();
  const all = await segments.list();
  return all.filter((segment) => segment.name.toLowerCase().includes(wanted)).slice(skip, skip + take);
};
