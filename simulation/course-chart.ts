import type { Answer } from './simulate-stage.ts';
import type { Moment } from './timeline.ts';

const width = 860;
const left = 80;
const panelHeight = 120;
const gap = 44;
const top = 60;

/** A line of a panel. */
interface Line {
  readonly name: string;
  readonly color: string;
  readonly values: readonly number[];
  readonly isDashed?: boolean;
}

/** The course of a stage as an SVG drawing: how fast it goes, what the table takes and refuses, what waits, what works. */
export const courseChart = (answer: Answer, heading: string): string => {
  const { moments, unit } = answer;
  const panels = [
    {
      title: `${unit} a second`,
      lines: [
        line(
          'rate',
          'steelblue',
          ratesOf(moments, ({ done }) => done),
        ),
      ],
    },
    {
      title: 'write units a second, of the table and its indexes',
      lines: [
        line(
          'written',
          'seagreen',
          ratesOf(moments, ({ writeUnits }) => writeUnits),
        ),
        line(
          'refused',
          'firebrick',
          ratesOf(moments, ({ refusedWrites }) => refusedWrites),
        ),
        {
          ...line(
            'what the table alone takes',
            'gray',
            moments.map(({ tableLimit }) => tableLimit),
          ),
          isDashed: true,
        },
      ],
    },
    { title: 'seconds that the oldest message of a queue has waited', lines: agesOf(moments) },
    {
      title: 'functions at work',
      lines: [
        line(
          'functions',
          'rebeccapurple',
          moments.map(({ functions }) => functions),
        ),
      ],
    },
  ];
  const height = top + panels.length * (panelHeight + gap);
  const seconds = moments.at(-1)?.seconds ?? 1;
  const drawn = panels.map(({ title, lines }, place) =>
    panel({ title, lines, y: top + place * (panelHeight + gap), times: moments.map((one) => one.seconds), seconds }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
  <title>${heading}</title>
  <rect width="${width}" height="${height}" fill="white"/>
  <text x="${left}" y="24" font-size="15">${heading}</text>
${drawn.join('\n')}
</svg>
`;
};

const line = (name: string, color: string, values: readonly number[]): Line => ({ name, color, values });

const colors = ['darkorange', 'teal', 'mediumvioletred', 'olive'];

const agesOf = (moments: readonly Moment[]): Line[] =>
  Object.keys(moments[0]?.ages ?? {}).map((name, place) =>
    line(
      name,
      colors[place % colors.length] ?? 'black',
      moments.map(({ ages }) => ages[name] ?? 0),
    ),
  );

/** How fast something grows, from each moment to the next. */
const ratesOf = (moments: readonly Moment[], of: (moment: Moment) => number): number[] =>
  moments.map((moment, place) => {
    const before = moments[place - 1];
    return before ? (of(moment) - of(before)) / (moment.seconds - before.seconds) : 0;
  });

interface Panel {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly y: number;
  readonly times: readonly number[];
  readonly seconds: number;
}

const panel = ({ title, lines, y, times, seconds }: Panel): string => {
  const highest = Math.max(1, ...lines.flatMap(({ values }) => values)) * 1.05;
  const right = width - 30;
  const xOf = (time: number) => left + ((right - left) * time) / seconds;
  const yOf = (value: number) => y + panelHeight - (panelHeight * value) / highest;
  const legend = lines.map(
    ({ name, color }, place) =>
      `<text x="${right - 190 * (lines.length - 1 - place)}" y="${y - 6}" text-anchor="end" fill="${color}">${name}</text>`,
  );
  const curves = lines.map(({ values, color, isDashed }) => {
    const points = values.map((value, place) => `${xOf(times[place] ?? 0).toFixed(1)},${yOf(value).toFixed(1)}`);
    const dashes = isDashed ? ' stroke-dasharray="4"' : '';
    return `<polyline fill="none" stroke="${color}" stroke-width="1.5"${dashes} points="${points.join(' ')}"/>`;
  });
  return `  <g>
    <text x="${left}" y="${y - 6}">${title}</text>
    <path d="M${left} ${y}V${y + panelHeight}H${right}" fill="none" stroke="black"/>
    <text x="${left - 6}" y="${y + 10}" text-anchor="end">${written(highest / 1.05)}</text>
    <text x="${left - 6}" y="${y + panelHeight}" text-anchor="end">0</text>
    <text x="${left}" y="${y + panelHeight + 15}">0</text>
    <text x="${right}" y="${y + panelHeight + 15}" text-anchor="end">${duration(seconds)}</text>
    ${legend.join('\n    ')}
    ${curves.join('\n    ')}
  </g>`;
};

const written = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 });

/** A length of time as a person says it. */
export const duration = (seconds: number): string => {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 2 * 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 3 * 86_400) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86_400).toFixed(1)} days`;
};
