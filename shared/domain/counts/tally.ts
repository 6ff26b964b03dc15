import type { ContactSource, ContactState } from '../contacts/contact.ts';
import type { Mark } from './count-job.ts';
import type { Standing } from './standing.ts';

/** What is known of a contact now: that it was created, how it is, or what happened to it. */
export type Sighting =
  | { readonly kind: 'created'; readonly contactId: number; readonly source: ContactSource; readonly day: string }
  | {
      readonly kind: 'found';
      readonly contactId: number;
      readonly source: ContactSource;
      /** The day of its creation. */
      readonly day: string;
      readonly state: ContactState;
    }
  | Mark;

/** What is counted of a day. */
export type DayCount = 'asked' | 'confirmed' | 'bounced' | 'complained';

/** What a sum changes by: contacts of a source that are there, or what happened on a day, contacts by their source. */
export interface SumChange {
  /** Absent for all contacts there are. */
  readonly day?: string;
  readonly name: ContactSource | DayCount;
  readonly by: number;
}

/**
 * What a sighting makes of the standing of its contact, and of the sums. A contact counts as new on the day of its creation,
 * whatever becomes of it, and is one of all contacts while it is neither deleted nor erased. What was counted before changes
 * nothing, so that sightings may be told again and in any order.
 */
export const tally = (
  before: Standing,
  sighting: Sighting,
): { readonly after: Standing; readonly changes: readonly SumChange[] } => {
  if (!('source' in sighting)) {
    const { kind, day } = sighting;
    return before[kind]
      ? { after: before, changes: [] }
      : { after: { ...before, [kind]: true }, changes: [{ day, name: kind, by: 1 }] };
  }
  // Who tells of a creation may be late: the contact was seen since, as it is.
  if (sighting.kind === 'created' && before.source !== undefined) return { after: before, changes: [] };
  const source = before.source ?? sighting.source;
  const state = sighting.kind === 'created' ? 'active' : sighting.state;
  if (before.source !== undefined && before.state === state) return { after: before, changes: [] };
  const wasThere = before.source !== undefined && before.state === 'active';
  const by = Number(state === 'active') - Number(wasThere);
  return {
    after: { ...before, source, state },
    changes: [
      ...(before.source === undefined ? [{ day: sighting.day, name: source, by: 1 }] : []),
      ...(by === 0 ? [] : [{ name: source, by }]),
    ],
  };
};

/** Changes of the same sums as one. */
export const joined = (changes: readonly SumChange[]): SumChange[] =>
  [...Map.groupBy(changes, ({ day = '', name }) => `${day} ${name}`).values()].flatMap((alike) => {
    const [first] = alike;
    const by = alike.reduce((sum, one) => sum + one.by, 0);
    return first && by !== 0 ? [{ ...first, by }] : [];
  });
