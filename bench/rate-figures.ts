import { contactsPerRequest } from './bulk-request.ts';
import { type Figure, medianOf } from './figure.ts';
import type { Sample, TimedImport } from './measure-rate.ts';

/** The figures of imports of growing size, each beside its own ceiling, and how the rate holds up as they grow. */
export const rateFigures = (imports: readonly TimedImport[]): Figure[] => [
  ...imports.flatMap(figuresOf),
  ...growthFigures(imports),
];

const figuresOf = (timed: TimedImport): Figure[] => {
  const { rows, way, rowsPerSecond, ceilingPerSecond, acceptMilliseconds, processorMilliseconds, load } = timed;
  const size = `${rows.toLocaleString('en')} contacts${way === 'file' ? ' of a file' : ''}`;
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

const growthFigures = (imports: readonly TimedImport[]): Figure[] => {
  const [smallest, largest] = [imports.at(0), imports.at(-1)];
  if (!smallest || !largest || smallest === largest) return [];
  const [small, large] = [smallest, largest].map(({ rows }) => `${rows.toLocaleString('en')} contacts`);
  const [second, last] = [tenthOf(largest, 1), tenthOf(largest, 9)];
  return [
    {
      what: `rate at ${large} against ${small}`,
      value: largest.rowsPerSecond / smallest.rowsPerSecond,
      unit: '',
      bound: { least: 0.9 },
    },
    {
      what: `rate of the last tenth of ${large} against ${small}`,
      value: rateOf(last) / smallest.rowsPerSecond,
      unit: '',
      bound: { least: 0.9 },
      detail: `${rateOf(second).toFixed(0)} contacts/s in the second tenth, ${rateOf(last).toFixed(0)} in the last`,
    },
    {
      what: `memory in the last tenth of ${large} against the second`,
      value: memoryOf(last) / memoryOf(second),
      unit: '',
      bound: { most: 1.1 },
      detail: `${memoryOf(second).toFixed(0)} MB, then ${memoryOf(last).toFixed(0)} MB, beside the engine that holds the table`,
    },
  ];
};

/** The samples of the tenth that begins at so many tenths of the contacts. */
const tenthOf = ({ rows, samples }: TimedImport, tenth: number): readonly Sample[] =>
  samples.filter(({ contacts }) => contacts >= (rows * tenth) / 10 && contacts <= (rows * (tenth + 1)) / 10);

const rateOf = (samples: readonly Sample[]): number => {
  const [first, last] = [
    samples.at(0),
    samples.findLast(({ contacts }, index) => contacts > (samples[index - 1]?.contacts ?? 0)),
  ];
  return first && last ? (last.contacts - first.contacts) / (last.seconds - first.seconds) : Number.NaN;
};

const memoryOf = (samples: readonly Sample[]): number => medianOf(samples.map(({ megabytes }) => megabytes));
