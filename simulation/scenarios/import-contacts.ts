import type { Course } from '../agenda.ts';
import { newBus } from '../bus.ts';
import { eventSource, type Work } from '../event-source.ts';
import type { Step } from '../footprint.ts';
import { writeItems } from '../table/write-items.ts';
import { countDone, type World } from '../world.ts';
import { listenersOf, perform } from './listeners.ts';
import type { Scenario } from './scenario.ts';

/** Rows of one chunk, and of one window of a file: those of `shared/domain/imports` and `shared/usecases/files`. */
export const rowsPerChunk = 250;
const rowsPerWindow = 10_000;

/** What is imported. */
export interface Asked {
  readonly rows: number;
  /** Whether the contacts are new, or known and as the file has them. */
  readonly areNew: boolean;
}

/** Files of contacts that were sent beforehand, as many as the largest that a stage takes asks for, are imported. */
export const importContacts = (world: World, { rows, areNew }: Asked): Scenario => {
  const { figures, stage } = world;
  const listeners = listenersOf(world, 'newContact');
  const bus = newBus(world, listeners);
  const footprint = areNew ? figures.footprints.newChunk : figures.footprints.unchangedChunk;
  const work = perform(world, footprint, bus);
  // The last chunk of all is a smaller one; which of them it is makes no difference.
  let short = Math.ceil(rows / rowsPerChunk) * rowsPerChunk - rows;
  const importChunk: Work = function* (batch) {
    if (!(yield* work({ ...batch, messages: footprint.handles }))) return false;
    countDone(world, rowsPerChunk * batch.times - short);
    short = 0;
    return true;
  };
  const chunks = eventSource(world, 'chunks', importChunk);

  const files = filesOf(rows, Math.floor(stage.uploadMaxBytes / figures.bytesPerRow));
  const split: Work = function* (): Course<boolean> {
    const file = files.shift();
    if (!file) return true;
    const endsAt = world.agenda.now() + splitSeconds(world);
    while (file.rows > 0 && world.agenda.now() < endsAt) {
      const window = Math.min(file.rows, rowsPerWindow);
      yield window / figures.splitRowsPerSecond;
      const count = Math.ceil(window / rowsPerChunk);
      if (!(yield* writeItems(world, windowStep(count), 1))) break;
      file.rows -= window;
      chunks.send(count);
    }
    if (file.rows > 0) {
      files.unshift(file);
      splits.send(1);
    }
    return true;
  };
  const splits = eventSource(world, 'uploads-split', split, 1);

  return {
    unit: 'contacts',
    total: rows,
    queues: [chunks, ...listeners],
    begin: () => splits.send(files.length),
  };
};

/** The rest of its time is for the next one to resume in. */
const splitSeconds = ({ stage }: World): number =>
  Math.max(1, (stage.functions.find(({ name }) => name === 'split-upload')?.timeoutSeconds ?? 900) - 30);

/** Rows of each file; a window more or less makes no difference. */
const filesOf = (rows: number, mostRows: number): { rows: number }[] => {
  const whole = Math.max(rowsPerWindow, Math.floor(mostRows / rowsPerWindow) * rowsPerWindow);
  return Array.from({ length: Math.ceil(rows / whole) }, (_, index) => ({
    rows: Math.min(whole, rows - index * whole),
  }));
};

/** A transaction adds chunks to their import, open ones beside them: two items each, at two units an item. */
const unitsPerChunk = 4;

const windowStep = (chunks: number): Step => ({
  calls: { 's3 PutObject': 1, 'dynamodb TransactWriteItems': 1 },
  readUnits: 0,
  writeUnits: unitsPerChunk * chunks,
  indexUnits: { byGroup: 0, byTime: 0, directory: 0 },
  importUnits: unitsPerChunk * chunks,
  idUnits: 0,
});
