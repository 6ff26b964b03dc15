import type { Ambient } from '#domain/ambient.ts';
import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { wasCreated } from '#domain/contacts/working-state.ts';
import { type CountJob, dayOf, type Report } from '#domain/counts/count-job.ts';
import type { CountQueue, CountStore } from '#domain/counts/ports.ts';
import { blockOf } from '#domain/counts/standing.ts';
import { joined, type Sighting } from '#domain/counts/tally.ts';
import { tallyBlocks } from '#domain/counts/tally-blocks.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';

export interface CountPorts extends Pick<Ambient, 'pause'> {
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly counts: Pick<CountStore, 'readBlocks' | 'newReports' | 'commit'>;
  readonly countQueue: CountQueue;
}

/** Blocks, reports and days that are written together; DynamoDB takes 100 items in a transaction. */
const most = { blocks: 30, reports: 30, days: 40 };

/** Seconds after which every function that began before has ended: a function lives 900 s at most (an AWS limit). */
const settlingSeconds = 900;

/**
 * Counts what happened to contacts and messages. What of a contact was counted is written together with the sums, so that
 * whatever is told again counts once. A contact that is not there yet is looked for once more, when the function that was about
 * to create it has ended.
 */
export const countContacts = async (ports: CountPorts, jobs: readonly CountJob[]): Promise<void> => {
  const byBlock = [...Map.groupBy(jobs.flatMap(toldBy), ({ contactId }) => blockOf(contactId)).values()];
  const missing: number[] = [];
  for (const some of slices(byBlock, most.blocks)) missing.push(...(await countAll(ports, some.flat())));
  const reports = jobs.flatMap((job) => job.reports ?? []);
  for (const some of slices(reports, most.reports)) await countReports(ports, some);
  if (missing.length > 0) await ports.countQueue.send([{ changed: missing, isAgain: true }], settlingSeconds);
};

/** What is known of a contact, or that it has to be looked at. */
type Told =
  | Exclude<Sighting, { kind: 'found' }>
  | { readonly kind: 'changed'; readonly contactId: number; readonly isAgain: boolean };

const toldBy = ({ created = [], marks = [], changed = [], isAgain }: CountJob): Told[] => [
  ...created.flatMap(({ source, day, ids }) =>
    ids.map((contactId) => ({ kind: 'created' as const, contactId, source, day })),
  ),
  ...marks,
  ...changed.map((contactId) => ({ kind: 'changed' as const, contactId, isAgain: isAgain === true })),
];

/** Counts what was told; returns the contacts that are not there. Many days take several transactions. */
const countAll = async (ports: CountPorts, told: readonly Told[]): Promise<readonly number[]> => {
  const missing = new Set<number>();
  for (let left = told; left.length > 0; ) {
    const round = await retryOnConflict(ports, () => countOnce(ports, left));
    for (const id of round.missing) missing.add(id);
    left = round.left;
  }
  return [...missing];
};

/** Blocks are read before contacts: if a contact changes in between, whoever counts that writes its block first. */
const countOnce = async ({ contacts, counts }: CountPorts, told: readonly Told[]) => {
  const read = await counts.readBlocks([...new Set(told.map(({ contactId }) => blockOf(contactId)))]);
  const changed = [...new Set(told.flatMap((one) => (one.kind === 'changed' ? one.contactId : [])))];
  const found = changed.length > 0 ? (await contacts.readContacts(changed, [])).contacts : [];
  const byId = new Map(found.map((contact) => [contact.id, contact]));
  const missing = told.flatMap((one) =>
    one.kind === 'changed' && !one.isAgain && !byId.has(one.contactId) ? one.contactId : [],
  );
  const sightings = told.flatMap((one) => (one.kind === 'changed' ? sightingsOf(byId.get(one.contactId)) : one));
  const { blocks, changes, left } = tallyBlocks(read, sightings, most.days);
  const isCounted = blocks.length === 0 || (await counts.commit({ blocks, reports: [], changes }));
  // What is left was seen before, and has to be looked at anew.
  return isCounted ? { missing, left: left.map(toldOf) } : undefined;
};

/** Under an id whose claims were left to another contact, there never was one. */
const sightingsOf = (contact: Contact | undefined): Sighting[] => {
  if (!contact || !wasCreated(contact)) return [];
  const { id: contactId, source, state, createdAt } = contact;
  return [{ kind: 'found', contactId, source, state, day: dayOf(createdAt) }];
};

const toldOf = (sighting: Sighting): Told =>
  sighting.kind === 'found' ? { kind: 'changed', contactId: sighting.contactId, isAgain: true } : sighting;

const countReports = ({ counts, ...ports }: CountPorts, reports: readonly Report[]): Promise<true> =>
  retryOnConflict(ports, async () => {
    const distinct = [...new Map(reports.map((report) => [`${report.kind} ${report.id}`, report])).values()];
    const some = await counts.newReports(distinct);
    if (some.length === 0) return true;
    const changes = joined(some.map(({ day, kind }) => ({ day, name: kind, by: 1 })));
    return (await counts.commit({ blocks: [], reports: some, changes })) || undefined;
  });

const slices = <One>(all: readonly One[], size: number): (readonly One[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
