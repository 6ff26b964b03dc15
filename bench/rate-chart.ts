import type { TimedImport } from './measure-rate.ts';

const width = 800;
const height = 300;
const margin = 50;

/** The rate of an import over its time as an SVG drawing, with its mean and its ceiling. */
export const rateChart = ({ rows, samples, rowsPerSecond, ceilingPerSecond }: TimedImport): string => {
  const rates = ratesOf(samples);
  const lastSecond = samples.at(-1)?.seconds ?? 1;
  const highest = 1.1 * Math.max(ceilingPerSecond, ...rates.map(({ rate }) => rate));
  const x = (seconds: number) => margin + ((width - 2 * margin) * seconds) / lastSecond;
  const y = (rate: number) => height - margin - ((height - 2 * margin) * rate) / highest;
  const level = (rate: number, name: string, color: string) =>
    `<line x1="${margin}" x2="${width - margin}" y1="${y(rate)}" y2="${y(rate)}" stroke="${color}" stroke-dasharray="4"/>
  <text x="${width - margin}" y="${y(rate) - 5}" text-anchor="end" fill="${color}">${name} ${Math.round(rate)}/s</text>`;

  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
  <rect width="${width}" height="${height}" fill="white"/>
  <text x="${margin}" y="25" font-size="14">Contacts imported a second, ${rows.toLocaleString('en')} contacts in all</text>
  <path d="M${margin} ${margin}V${y(0)}H${width - margin}" fill="none" stroke="black"/>
  <text x="${margin}" y="${height - 30}">0 s</text>
  <text x="${width - margin}" y="${height - 30}" text-anchor="end">${Math.round(lastSecond)} s</text>
  ${level(ceilingPerSecond, 'bare ceiling', 'firebrick')}
  ${level(rowsPerSecond, 'mean', 'gray')}
  <polyline fill="none" stroke="steelblue" stroke-width="2" points="${rates.map(({ at, rate }) => `${x(at).toFixed(1)},${y(rate).toFixed(1)}`).join(' ')}"/>
</svg>
`;
};

/** Samples that a rate is taken over; shorter spans show the chunks and not the course. */
const samplesPerRate = 6;

const ratesOf = (samples: TimedImport['samples']): { at: number; rate: number }[] =>
  samples.slice(samplesPerRate).flatMap((end, index) => {
    const start = samples[index];
    if (!start) return [];
    const seconds = end.seconds - start.seconds;
    return [{ at: (start.seconds + end.seconds) / 2, rate: (end.contacts - start.contacts) / seconds }];
  });
