import type { Block } from './ports.ts';
import { blockOf, noteStanding, standingIn } from './standing.ts';
import { joined, type Sighting, type SumChange, tally } from './tally.ts';

/** What is to be written of sightings, and those that are left for another time. */
interface Tallied {
  /** Those blocks that changed. */
  readonly blocks: readonly Block[];
  readonly changes: readonly SumChange[];
  readonly left: readonly Sighting[];
}

/** Counts sightings of contacts of these blocks, as many as are of so many days at most. */
export const tallyBlocks = (blocks: readonly Block[], sightings: readonly Sighting[], mostDays: number): Tallied => {
  const copies = new Map(blocks.map((block) => [block.number, { ...block, bytes: Uint8Array.from(block.bytes) }]));
  const written = new Set<number>();
  const days = new Set<string>();
  const changes: SumChange[] = [];
  const left = sightings.filter((sighting) => {
    const { contactId, day } = sighting;
    const block = copies.get(blockOf(contactId));
    if (!block) throw new Error(`The block of contact ${contactId} was not read`);
    if (!days.has(day) && days.size === mostDays) return true;
    days.add(day);
    const before = standingIn(block.bytes, contactId);
    const counted = tally(before, sighting);
    if (counted.after !== before) {
      noteStanding(block.bytes, contactId, counted.after);
      written.add(block.number);
      changes.push(...counted.changes);
    }
    return false;
  });
  return { blocks: [...copies.values()].filter(({ number }) => written.has(number)), changes: joined(changes), left };
};
