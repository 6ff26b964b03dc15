import { contactsPerRequest } from './bulk-request.ts';
import { type Figure, medianOf } from './figure.ts';
import type { TimedImport } from './measure-rate.ts';

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
  return [
    {
      what: `rate at ${largest.rows.toLocaleString('en')} against ${smallest.rows.toLocaleString('en')} contacts`,
      value: largest.rowsPerSecond / smallest.rowsPerSecond,
      unit: '',
      bound: { least: 0.9 },
    },
  ];
};
