import { Refusal } from './imports/import-runs.ts';
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
  readonly pending: Map<string, Pending>;
  hasJustWritten: boolean;
}

/** An operation that is to be done or refused. */
interface Pending {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Whether services refuse operations, too: what a writer does at the same time goes on, and it comes again up to three times. */
export interface Weather {
  readonly isThrottled?: boolean;
}

const newRun = (number: number): Run => ({ number, pending: new Map(), hasJustWritten: false });

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Plays writers against one memory, operation by operation, in the order that `choose` decides. */
export const playSchedule = async <Said>(
  writers: readonly Writer<Said>[],
  prepare: (memory: Memory) => Promise<void>,
  choose: (moves: readonly Move[], state: () => string) => Move | undefined,
  { isThrottled = false }: Weather = {},
): Promise<Ending<Said> | undefined> => {
  const memory = emptyMemory();
  await prepare(memory);
  const said: (Said | undefined)[] = writers.map(() => undefined);
  const logs: string[] = writers.map(() => '');
  const runs: Run[] = writers.map(() => newRun(0));
  const lingering: Run[][] = writers.map(() => []);
  const failures: unknown[] = [];

  const start = (writer: number) => {
    const run = newRun((runs[writer]?.number ?? 0) + 1);
    runs[writer] = run;
    said[writer] = undefined;
    const step = (name: string) => new Promise<void>((resolve, reject) => run.pending.set(name, { resolve, reject }));
    const subject = writers[writer];
    subject?.run(memoryPorts({ memory, step })).then(
      (result) => {
        if (runs[writer] === run) said[writer] = result;
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) failures.push(error);
        else if (runs[writer] === run) {
          lingering[writer]?.push(run);
          start(writer);
        }
      },
    );
  };
  const movesOf = (writer: number): Move[] => {
    const run = runs[writer];
    if (!run) return [];
    const operations = [run, ...(lingering[writer] ?? [])].flatMap((one) =>
      [...one.pending].map(([name, { resolve }]) => ({
        label: `${writer}:${name}`,
        play: () => {
          one.pending.delete(name);
          one.hasJustWritten = !name.startsWith('read');
          logs[writer] += `|${name}=${seen(memory, name)}`;
          resolve();
        },
      })),
    );
    const refusals = [...run.pending].map(([name, { reject }]) => ({
      label: `${writer}:refuse ${name}`,
      play: () => {
        run.pending.delete(name);
        logs[writer] += `|${name} refused`;
        reject(new Refusal());
      },
    }));
    if (isThrottled && run.number <= mostDeliveries) operations.push(...refusals);
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

/** As with a queue, a delivery that failed comes again, and sometime the services are sound. */
const mostDeliveries = 3;

const theEnd: Move = { label: 'the end', play: () => {} };

/**
 * What may come next. An operation that no other writer can notice comes at once: to play it at any other moment would
 * end the same.
 */
const nextMoves = (movesOfWriters: readonly (readonly Move[])[]): Move[] => {
  const unnoticed = movesOfWriters.find((moves) => moves.some(({ label }) => /:(\w+Creations|leaseIds)/.test(label)));
  const moves = unnoticed ?? movesOfWriters.flat();
  const isOver = moves.every(({ label }) => label.endsWith(':crash'));
  return isOver ? [theEnd, ...moves] : [...moves];
};

const seen = (memory: Memory, name: string): string => {
  const [, key = ''] = name.split(' ');
  if (/Run\b|Awaited|Event\b|Once\b|Execution|Version/.test(name)) return JSON.stringify(workflowsIn(memory));
  if (/Proposal/.test(name)) return JSON.stringify([[...memory.proposals], [...memory.contacts]]);
  if (/[sS]egment|Members\b/.test(name)) return JSON.stringify([[...memory.segments], [...memory.memberships.keys()]]);
  return JSON.stringify(
    memory.claims.get(key) ??
      memory.contacts.get(Number(key)) ??
      memory.memberships.get(key) ??
      memory.creations.get(key) ??
      memory.lastId,
  );
};

/** What operations on workflows can see. */
const workflowsIn = ({ runs, awaited, wroteOnce, contacts }: Memory) => [
  [...runs],
  [...awaited],
  [...wroteOnce],
  [...contacts],
];

const stateOf = (memory: Memory, logs: readonly string[], said: readonly unknown[]): string =>
  JSON.stringify([
    [...memory.claims],
    [...memory.contacts],
    memory.lastId,
    [...memory.segments],
    [...memory.memberships.keys()],
    [...memory.creations],
    [...memory.proposals],
    [...memory.runs],
    [...memory.awaited],
    [...memory.wroteOnce],
    memory.started,
    memory.woken,
    logs,
    said,
  ]);

/**
 * Plays every schedule that can end differently, each writer crashing at most once, after any of its writes and at its
 * end, and shows each ending to `check`. Of two operations that neither can notice of the other only one order is
 * played (sleep sets), and schedules that meet in one state are followed once. Returns how many ended.
 */
export const playEverySchedule = async <Said>(
  writers: readonly Writer<Said>[],
  prepare: (memory: Memory) => Promise<void>,
  check: (ending: Ending<Said>, schedule: readonly string[]) => void | Promise<void>,
) => {
  const slept = new Map<string, ReadonlySet<string>>();
  const waiting: Branch[] = [{ labels: [], sleeping: new Set() }];
  let endings = 0;
  for (let branch = waiting.pop(); branch; branch = waiting.pop()) {
    const schedule: string[] = [];
    const given = branch.labels.values();
    let { sleeping } = branch;
    const ending = await playSchedule(writers, prepare, (moves, state) => {
      const label = given.next().value;
      if (label !== undefined) schedule.push(label);
      if (label !== undefined) return moves.find((move) => move.label === label);
      const awake = wake(
        moves.map((move) => move.label),
        sleeping,
        slept,
        state(),
      );
      const branches = awake.map((next, position) => ({
        labels: [...schedule, next],
        sleeping: new Set([...sleeping, ...awake.slice(0, position)].filter((other) => areIndependent(other, next))),
      }));
      const [first, ...others] = branches;
      waiting.push(...others);
      sleeping = first?.sleeping ?? sleeping;
      if (first) schedule.push(...first.labels.slice(-1));
      return moves.find((move) => move.label === awake[0]);
    });
    if (!ending) continue;
    endings += 1;
    await check(ending, schedule);
  }
  return { endings };
};

/** A schedule to go on from, and the moves that need not be tried there: a schedule before this one tried them. */
interface Branch {
  readonly labels: readonly string[];
  readonly sleeping: ReadonlySet<string>;
}

/** The moves to try in a state: those that do not sleep, and of a state that was met before those that slept then. */
const wake = (
  labels: readonly string[],
  sleeping: ReadonlySet<string>,
  slept: Map<string, ReadonlySet<string>>,
  state: string,
): string[] => {
  const before = slept.get(state);
  slept.set(state, before ? new Set([...before].filter((label) => sleeping.has(label))) : sleeping);
  return labels.filter((label) => !sleeping.has(label) && (before === undefined || before.has(label)));
};

/** Whether two moves of different writers end the same in either order. */
const areIndependent = (one: string, other: string): boolean => {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (a.writer === b.writer) return false;
  if (a.isCrash || b.isCrash || (a.isRead && b.isRead)) return true;
  return a.resource !== undefined && b.resource !== undefined && a.resource !== b.resource;
};

/** What a move touches: one claim, one contact or one membership; anything else may touch everything. */
const partsOf = (label: string) => {
  const [, writer = '', verb = '', key] = /^(\d+):(\w+) ?(.*)$/.exec(label) ?? [];
  const kind = /^(?:read|write|insert|replace|add|remove)(Claim|Contact|Membership)$/.exec(verb)?.[1];
  return { writer, isCrash: verb === 'crash', isRead: verb.startsWith('read'), resource: kind && `${kind} ${key}` };
};

/** Chooses by luck what comes next; services refuse an operation now and then, and not half of them. */
export const byLuck =
  (stream: Iterator<number>) =>
  (moves: readonly Move[]): Move | undefined => {
    const luck = (): number => stream.next().value ?? 0;
    const isRefusal = ({ label }: Move) => /:refuse /.test(label);
    const isWanted = luck() % refusedOneIn === 0;
    const wanted = moves.filter((move) => isRefusal(move) === isWanted);
    const some = wanted.length > 0 ? wanted : moves.filter((move) => !isRefusal(move));
    return some[luck() % some.length];
  };

const refusedOneIn = 12;
