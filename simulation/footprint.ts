import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const perIndex = z.strictObject({
  byGroup: z.number().default(0),
  byTime: z.number().default(0),
  directory: z.number().default(0),
});

const step = z.strictObject({
  /** Calls that go out together, by service and operation. */
  calls: z.record(z.string(), z.number()),
  readUnits: z.number().default(0),
  /** Write units of the table itself. */
  writeUnits: z.number().default(0),
  /** Write units of each index. */
  indexUnits: perIndex.default({ byGroup: 0, byTime: 0, directory: 0 }),
  /** Of the table's units, those of one import and those of the ids: each is one key, which takes so much a second. */
  importUnits: z.number().default(0),
  idUnits: z.number().default(0),
});

const footprint = z.strictObject({
  functionName: z.string(),
  /** What one run works on: rows, events, requests or recipients. */
  handles: z.number(),
  /** What the function computes in one run, on a whole processor. */
  processorMilliseconds: z.number(),
  /** Events that it puts on the bus. */
  events: z.number(),
  /** Calls that follow one another. */
  steps: z.array(step),
});

const figures = z.strictObject({
  /** The day. */
  measuredOn: z.string(),
  /** What the times are of, and how sure they are. */
  processor: z.string(),
  footprints: z.strictObject({
    newChunk: footprint,
    unchangedChunk: footprint,
    loggedEvents: footprint,
    newSubscriber: footprint,
    confirmation: footprint,
    segmentStep: footprint,
  }),
  /** Rows of a file that one function cuts into chunks in a second. */
  splitRowsPerSecond: z.number(),
  bytesPerRow: z.number(),
  /** What a function computes while its code loads. */
  loadMilliseconds: z.record(z.string(), z.number()),
});

/** Calls that a function makes together, before it makes others. */
export type Step = z.output<typeof step>;

/** What one run of a function does and computes: its calls and units were watched on the local stack. */
export type Footprint = z.output<typeof footprint>;

/** What was measured, and when. */
export type Figures = z.output<typeof figures>;

/** The measured figures of `simulation/footprints.json`. */
export const readFigures = (path = fileURLToPath(new URL('footprints.json', import.meta.url))): Figures =>
  figures.parse(JSON.parse(readFileSync(path, 'utf8')));

/** What a run of a function does that handles fewer than the one that was measured: fewer units, the same calls after one another. */
export const partOf = (whole: Footprint, handled: number): Footprint => {
  const share = handled / whole.handles;
  if (share === 1) return whole;
  return {
    ...whole,
    handles: handled,
    processorMilliseconds: whole.processorMilliseconds * share,
    events: Math.round(whole.events * share),
    steps: whole.steps.map((one) => partOfStep(one, share)),
  };
};

const partOfStep = ({ calls, indexUnits, ...units }: Step, share: number): Step => ({
  calls: Object.fromEntries(Object.entries(calls).map(([name, count]) => [name, Math.ceil(count * share)])),
  readUnits: units.readUnits * share,
  writeUnits: units.writeUnits * share,
  indexUnits: {
    byGroup: indexUnits.byGroup * share,
    byTime: indexUnits.byTime * share,
    directory: indexUnits.directory * share,
  },
  importUnits: units.importUnits * share,
  idUnits: units.idUnits * share,
});
