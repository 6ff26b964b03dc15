/** The kind of an item of the table, as far as costs are counted apart. */
export type ItemKind = 'contact' | 'claim' | 'membership' | 'event' | 'event pointer' | 'bookkeeping';

/**
 * The kind of an item by its key. Bookkeeping is what an import needs beside contacts: sessions, creations, ids, keys.
 */
export const itemKind = ({ pk, sk }: { readonly pk: string; readonly sk: string }): ItemKind => {
  if (sk === 'CONTACT') return 'contact';
  if (sk === 'IDENTITY') return 'claim';
  if (pk.startsWith('CONTACT#')) return 'membership';
  if (pk.startsWith('EVENTKEY#')) return 'event';
  if (pk.startsWith('EVENTSOF#')) return 'event pointer';
  return 'bookkeeping';
};
