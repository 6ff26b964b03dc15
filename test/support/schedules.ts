import { emptyMemory, type Memory, type MemoryPorts, memoryPorts } from './memory-ports.ts';

/** A writer under test: what it does with its ports, and what it says when it is done. */
export interface Writer<Said> {
  readonly name: string;
  run(ports: MemoryPorts): Promise<Said>;
}

/** How one schedule ended. `said` holds what each completed run said, in the order of the writers. */
export interface Ending<Said> {
  readonly memory: Memory;
  readonly said: readonly Said[];
}

/** One thing that can happen next: a writer's pending operation is done, or the writer crashes and comes again. */
interface Move {
  readonly label: string;
  play(): void;
}

/** A delivery of a writer's work. To crash before a read is to crash after the last write, so only the latter is played. */
interface Run {
  readonly number: number;
  readonly pending: Map<string, () => void>;
  hasJustWritten: boolean;
}

const newRun = (number: number): Run => ({ number, pending: new Map(), hasJustWritten: false });

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Plays writers against one memory, operation by operation, in the order that `choose` decides. */
export const playSchedule = async <Said>(
  writers: readonly Writer<Said>[],
  prepare: (memory: Memory) => Promise<void>,
  choose: (moves: readonly Move[], state: () => string) => Move | undefined,
): Promise<Ending<Said> | undefined> => {
  const memory = emptyMemory();
  await prepare(memory);
  const said: (Said | undefined)[] = writers.map(() => undefined);
  const logs: string[] = writers.map(() => '');
  const runs: Run[] = writers.map(() => newRun(0));
  const failures: unknown[] = [];

  const start = (writer: number) => {
    const run = newRun((runs[writer]?.number ?? 0) + 1);
    runs[writer] = run;
    said[writer] = undefined;
    const step = (name: string) => new Promise<void>((resolve) => run.pending.set(name, resolve));
    const subject = writers[writer];
    subject?.run(memoryPorts({ memory, step })).then(
      (result) => {
        if (runs[writer] === run) said[writer] = result;
      },
      (error: unknown) => failures.push(error),
    );
  };
  const movesOf = (writer: number): Move[] => {
    const run = runs[writer];
    if (!run) return [];
    const operations = [...run.pending].map(([name, resolve]) => ({
      label: `${writer}:${name}`,
      writer,
      play: () => {
        run.pending.delete(name);
        run.hasJustWritten = !name.startsWith('read');
        logs[writer] += `|${name}=${seen(memory, name)}`;
        resolve();
      },
    }));
    const crash = {
      label: `${writer}:crash`,
      play: () => {
        logs[writer] = '|crash';
        start(writer);
      },
    };
    return run.number === 1 && run.hasJustWritten ? [...operations, crash] : operations;
  };

  for (const writer of writers.keys()) start(writer);
  for (;;) {
    await tick();
    if (failures.length > 0) throw failures[0];
    const moves = nextMoves([...writers.keys()].map(movesOf));
    const move = choose(moves, () => stateOf(memory, logs, said));
    if (!move) return undefined;
    if (move === theEnd) break;
    move.play();
  }
  return { memory, said: said.flatMap((one) => (one === undefined ? [] : [one])) };
};

const theEnd: Move = { label: 'the end', play: () => {} };

/**
 * What may come next. An operation that no other writer can notice comes at once: to play it at any other moment would
 * end the same.
 */
const nextMoves = (movesOfWriters: readonly (readonly Move[])[]): Move[] => {
  const unnoticed = movesOfWriters.find((moves) => moves.some(({ label }) => /:(\w+Births|leaseIds)/.test(label)));
  const moves = unnoticed ?? movesOfWriters.flat();
  const isOver = moves.every(({ label }) => label.endsWith(':crash'));
  return isOver ? [theEnd, ...moves] : [...moves];
};

const seen = (memory: Memory, name: string): string => {
  const [, key = ''] = name.split(' ');
  if (/[sS]egment|Members\b/.test(name)) return JSON.stringify([[...memory.segments], [...memory.memberships.keys()]]);
  return JSON.stringify(
    memory.claims.get(key) ??
      memory.contacts.get(Number(key)) ??
      memory.memberships.get(key) ??
      memory.births.get(key) ??
      memory.lastId,
  );
};

const stateOf = (memory: Memory, logs: readonly string[], said: readonly unknown[]): string =>
  JSON.stringify([
    [...memory.claims],
    [...memory.contacts],
    memory.lastId,
    [...memory.segments],
    [...memory.memberships.keys()],
    [...memory.births],
    logs,
    said,
  ]);

/**
 * Plays every schedule there is, each writer crashing at most once, after any of its writes and at its end, and shows each ending to `check`.
 * Schedules that meet in the same state are followed once. Returns how many states were visited and how many ended.
 */
export const playEverySchedule = async <Said>(
  writers: readonly Writer<Said>[],
  prepare: (memory: Memory) => Promise<void>,
  check: (ending: Ending<Said>, schedule: readonly string[]) => void,
) => {
  const visited = new Set<string>();
  const waiting: string[][] = [[]];
  let endings = 0;
  for (let prefix = waiting.pop(); prefix; prefix = waiting.pop()) {
    const schedule = [...prefix];
    let depth = 0;
    const ending = await playSchedule(writers, prepare, (moves, state) => {
      const given = prefix?.[depth++];
      if (given !== undefined) return moves.find(({ label }) => label === given);
      const here = state();
      if (visited.has(here)) return undefined;
      visited.add(here);
      const [first, ...others] = moves;
      for (const other of others) waiting.push([...schedule, other.label]);
      if (first) schedule.push(first.label);
      return first;
    });
    if (!ending) continue;
    endings += 1;
    check(ending, schedule);
  }
  return { states: visited.size, endings };
};
