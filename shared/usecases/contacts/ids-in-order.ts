import type { Ambient } from '#domain/ambient.ts';
import type { ContactRows } from '#domain/contacts/contact-search.ts';
import type { ListingPlaces } from '#domain/contacts/ports.ts';
import type { IdsPage } from '#domain/page.ts';

export interface IdsInOrderPorts extends Pick<Ambient, 'now'> {
  readonly listingPlaces: ListingPlaces;
}

/** Ids that are listed page by page. */
export interface ListedIds {
  count(): Promise<number>;
  list(page: IdsPage): Promise<number[]>;
}

/** How long the pages of a listing go by one count. */
const countMilliseconds = 60_000;

/**
 * A page of ids and how many there are in all. A page resumes where the page before it, of the same listing, ended, so
 * that contacts that come or go in between move no other contact to another page.
 */
export const idsInOrder = async (
  { listingPlaces, now }: IdsInOrderPorts,
  listing: string,
  listed: ListedIds,
  { isAscending, skip, take }: ContactRows,
): Promise<{ ids: number[]; total: number }> => {
  const place = skip > 0 ? await listingPlaces.find(listing, skip) : undefined;
  const isCounted = place && Date.parse(now()) - Date.parse(place.countedAt) < countMilliseconds;
  const [total, ids] = await Promise.all([
    isCounted ? place.total : listed.count(),
    place
      ? listed.list({ limit: take, after: place.after, isAscending })
      : idsAfter(listed, { skip, take, isAscending }),
  ]);
  const last = ids.at(-1);
  if (last !== undefined && ids.length === take) {
    const countedAt = isCounted ? place.countedAt : now();
    await listingPlaces.note(listing, skip + take, { after: last, total, countedAt });
  }
  return { ids, total };
};

/** Ids that are passed over at a time. */
const idsAtOnce = 5_000;

const idsAfter = async (
  listed: ListedIds,
  { skip, take, isAscending }: Pick<ContactRows, 'skip' | 'take' | 'isAscending'>,
): Promise<number[]> => {
  let after: number | undefined;
  for (let left = skip; left > 0; ) {
    const limit = Math.min(left, idsAtOnce);
    const passed = await listed.list({ limit, isAscending, ...(after !== undefined && { after }) });
    if (passed.length < limit) return [];
    after = passed.at(-1);
    left -= passed.length;
  }
  return listed.list({ limit: take, isAscending, ...(after !== undefined && { after }) });
};
