import type { Course } from '../agenda.ts';
import type { Step } from '../footprint.ts';
import { pauseSeconds, rounds } from '../retry.ts';
import { indexNames, type World } from '../world.ts';
import type { Capacity } from './capacity.ts';

/** Items that are written alike, and the units that each needs of the table, of indexes and of a busy key. */
interface Lot {
  /** Those that are not written yet. */
  items: number;
  readonly capacities: readonly Capacity[];
  /** Of each capacity. */
  readonly units: readonly number[];
  /** Units that AWS charges for an item: those of the table and of indexes. */
  readonly charged: number;
}

/**
 * Writes what one step of a run writes, and asks again for what was refused, with pauses as the code makes them. A write is
 * refused if the table lacks units, or any index that it has an entry in: an index presses back. Whether all was written.
 */
export function* writeItems(world: World, step: Step, times: number): Course<boolean> {
  if (step.writeUnits === 0) return true;
  const { agenda, random, meters } = world;
  let lots = lotsOf(world, step, times);
  // Calls whose items made no progress wait longer each time; here all of them do if less than half was taken.
  for (let round = 1, stuck = 0; stuck < rounds; round++) {
    let written = 0;
    for (const lot of lots) written += writeLot(world, lot, agenda.now());
    lots = lots.filter(({ items }) => items > 0);
    if (lots.length === 0) return true;
    meters.refusedWrites += lots.reduce((sum, { items, units }) => sum + items * (units[0] ?? 0), 0);
    if (written > lots.reduce((sum, { items }) => sum + items, 0)) round = 0;
    stuck = written > 0 ? 0 : stuck + 1;
    yield pauseSeconds(Math.max(1, round), random);
  }
  return false;
}

/** Items that were written of a lot. */
const writeLot = ({ meters }: World, lot: Lot, now: number): number => {
  const { capacities, units } = lot;
  let items = lot.items;
  for (let place = 0; place < capacities.length; place++) {
    const capacity = capacities[place] as Capacity;
    const enough = Math.floor(capacity.available(now) / (units[place] as number) + 1e-9);
    if (enough < lot.items) capacity.refuse(now);
    if (enough < items) items = enough;
  }
  for (let place = 0; place < capacities.length; place++) {
    (capacities[place] as Capacity).take(items * (units[place] as number), now);
  }
  meters.writeUnits += items * lot.charged;
  lot.items -= items;
  return items;
};

/** What a step writes: those of one key by themselves, and items with entries in indexes by the partitions of these. */
const lotsOf = (world: World, step: Step, times: number): Lot[] => {
  const lots: Lot[] = [];
  const ofOneKey = (units: number, key: Capacity): void => {
    if (units === 0) return;
    lots.push({ items: Math.ceil(units * times), capacities: [world.tableCapacity, key], units: [1, 1], charged: 1 });
  };
  ofOneKey(step.importUnits, world.importKey);
  ofOneKey(step.idUnits, world.idKey);
  const rest = (step.writeUnits - step.importUnits - step.idUnits) * times;
  if (rest > 0) addSpread(world, step, { lots, rest, times });
  return lots;
};

interface Spreading {
  readonly lots: Lot[];
  /** Units of the table that are of no busy key. */
  readonly rest: number;
  readonly times: number;
}

const addSpread = (world: World, { indexUnits }: Step, { lots, rest, times }: Spreading): void => {
  const { tableCapacity, random } = world;
  const names = indexNames.filter((name) => indexUnits[name] > 0);
  const items = Math.ceil(times * Math.max(0, ...names.map((name) => indexUnits[name])));
  if (items === 0) {
    const whole = Math.ceil(rest);
    lots.push({ items: whole, capacities: [tableCapacity], units: [rest / whole], charged: rest / whole });
    return;
  }
  const units = [rest / items, ...names.map((name) => (indexUnits[name] * times) / items)];
  const charged = units.reduce((sum, each) => sum + each, 0);
  let left = items;
  let share = 1;
  for (const group of world.spreads[names.join()]?.() ?? []) {
    const expected = (left * group.share) / share;
    const part = Math.min(left, Math.floor(expected + random.next()));
    left -= part;
    share -= group.share;
    if (part > 0) lots.push({ items: part, capacities: [tableCapacity, ...group.capacities], units, charged });
  }
  const last = lots.at(-1);
  if (left > 0 && last) last.items += left;
};
