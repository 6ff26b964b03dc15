import { type Figure, isKept } from './figure.ts';

/** The figures as a table for a person, a verdict on each line that has a bound. */
export const tableOf = (figures: readonly Figure[]): string => {
  const rows = [['', 'measured', 'bound', 'ceiling', ''], ...figures.map(cellsOf)];
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return lines.join('\n');
};

const cellsOf = (figure: Figure): string[] => {
  const { what, value, unit, ceiling, detail } = figure;
  return [
    what,
    `${written(value)} ${unit}`.trim(),
    boundOf(figure),
    ceiling ? `${written(ceiling.value)} ${ceiling.unit}` : '',
    [verdictOf(figure), detail].filter(Boolean).join('  '),
  ];
};

const boundOf = ({ bound }: Figure): string => {
  if (!bound) return '';
  return 'most' in bound ? `≤ ${written(bound.most)}` : `≥ ${written(bound.least)}`;
};

const verdictOf = (figure: Figure): string => {
  const kept = isKept(figure);
  if (kept === undefined) return '';
  return kept ? 'holds' : 'BROKEN';
};

const written = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3 });
