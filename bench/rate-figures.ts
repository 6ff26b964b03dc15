import { contactsPerRequest } from './bulk-request.ts';
import { type Figure, medianOf } from './figure.ts';
import type { Sample, TimedImport } from './measure-rate.ts';

/** The figures of imports of growing size, each beside its own ceiling, and how the rate holds up as they grow. */
export const rateFigures = (imports: readonly TimedImport[]): Figure[] => [
  ...imports.flatMap(figuresOf),
  ...growthFigures(imports),
];

const figuresOf = (timed: TimedImport): Figure[] => {
  const { way, rowsPerSecond, ceilingPerSecond, acceptMilliseconds, processorMilliseconds, load } = timed;
  const size = `${sizeOf(timed)}${way === 'file' ? ' of a file' : ''}`;
  return [
    {
      what: `import of ${size}`,
      value: rowsPerSecond,
      unit: 'contacts/s',
      ceiling: { value: ceilingPerSecond, unit: 'contacts/s, bare BatchWriteItem' },
      detail: `${processorMilliseconds.toFixed(2)} ms of a processor a contact, beside the engine; load ${load.toFixed(1)}`,
    },
    {
      what: `import of ${size}, share of its ceiling`,
      value: rowsPerSecond / ceilingPerSecond,
      unit: '',
      bound: { least: 0.5 },
    },
    ...(acceptMilliseconds.length === 0
      ? []
      : [
          {
            what: `POST /contacts with ${contactsPerRequest} contacts, while these are imported, median`,
            value: medianOf(acceptMilliseconds),
            unit: 'ms',
          },
        ]),
  ];
};

const sizeOf = ({ rows }: TimedImport): string => `${rows.toLocaleString('en')} contacts`;

const growthFigures = (imports: readonly TimedImport[]): Figure[] => {
  const [smallest, largest] = [imports.at(0), imports.at(-1)];
  if (!smallest || !largest || smallest === largest) return [];
  return [
    {
      what: `rate at ${sizeOf(largest)} against ${sizeOf(smallest)}`,
      value: largest.rowsPerSecond / smallest.rowsPerSecond,
      unit: '',
      bound: { least: 0.9 },
    },
    ...endFigures(largest, smallest),
  ];
};

/** Looks that a tenth of an import must have for its numbers to mean something. */
const leastSamples = 10;

/** How the end of a long import compares with a small one and with its own beginning, whose first tenth warms up. */
const endFigures = (largest: TimedImport, smallest: TimedImport): Figure[] => {
  const [second, last] = [tenthOf(largest, 1), tenthOf(largest, 9)];
  if (second.length < leastSamples || last.length < leastSamples) return [];
  return [
    {
      what: `rate of the last tenth of ${sizeOf(largest)} against ${sizeOf(smallest)}`,
      value: rateOf(last) / smallest.rowsPerSecond,
      unit: '',
      bound: { least: 0.9 },
    },
    {
      what: `rate of the last tenth of ${sizeOf(largest)} against the second`,
      value: rateOf(last) / rateOf(second),
      unit: '',
      detail: `${rateOf(second).toFixed(0)} contacts/s, then ${rateOf(last).toFixed(0)}`,
    },
    {
      what: `memory in the last tenth of ${sizeOf(largest)} against the second`,
      value: memoryOf(last) / memoryOf(second),
      unit: '',
      bound: { most: 1.1 },
      detail: `${memoryOf(second).toFixed(0)} MB, then ${memoryOf(last).toFixed(0)} MB, beside the engine that holds the table`,
    },
  ];
};

/** The samples of the tenth that begins at so many tenths of the contacts. */
const tenthOf = ({ rows, samples }: TimedImport, tenth: number): readonly Sample[] =>
  samples.filter(({ contacts }) => contacts >= (rows * tenth) / 10 && contacts < (rows * (tenth + 1)) / 10);

const rateOf = (samples: readonly Sample[]): number => {
  const [first, last] = [samples.at(0), samples.at(-1)];
  return first && last ? (last.contacts - first.contacts) / (last.seconds - first.seconds) : 0;
};

const memoryOf = (samples: readonly Sample[]): number => medianOf(samples.map(({ megabytes }) => megabytes));
