import type { Sample, TimedImport } from './measure-rate.ts';

const width = 800;
const height = 300;
const margin = 50;

/** The rate of an import over its time as an SVG drawing, with its mean, its ceiling and the memory that it held. */
export const rateChart = ({ rows, samples, rowsPerSecond, ceilingPerSecond }: TimedImport): string => {
  const heading = `Contacts imported a second, ${rows.toLocaleString('en')} contacts in all`;
  const rates = ratesOf(samples);
  const lastSecond = samples.at(-1)?.seconds ?? 1;
  const highest = 1.1 * Math.max(ceilingPerSecond, ...rates.map(({ rate }) => rate));
  const mostMegabytes = Math.max(...samples.map(({ megabytes }) => megabytes));
  const x = (seconds: number) => margin + ((width - 2 * margin) * seconds) / lastSecond;
  const y = (rate: number) => height - margin - ((height - 2 * margin) * rate) / highest;
  const level = (rate: number, name: string, color: string) =>
    `<line x1="${margin}" x2="${width - margin}" y1="${y(rate)}" y2="${y(rate)}" stroke="${color}" stroke-dasharray="4"/>
  <text x="${width - margin}" y="${y(rate) - 5}" text-anchor="end" fill="${color}">${name} ${Math.round(rate)}/s</text>`;

  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
  <title>${heading}</title>
  <rect width="${width}" height="${height}" fill="white"/>
  <text x="${margin}" y="25" font-size="14">${heading}</text>
  <text x="${width - margin}" y="25" text-anchor="end" fill="darkkhaki">memory beside DynamoDB, ${Math.round(mostMegabytes)} MB at most</text>
  <path d="M${margin} ${margin}V${y(0)}H${width - margin}" fill="none" stroke="black"/>
  <text x="${margin}" y="${height - 30}">0 s</text>
  <text x="${width - margin}" y="${height - 30}" text-anchor="end">${Math.round(lastSecond)} s</text>
  ${level(ceilingPerSecond, 'bare ceiling', 'firebrick')}
  ${level(rowsPerSecond, 'mean', 'gray')}
  ${curve(
    thinned(samples).map(({ seconds, megabytes }) => [x(seconds), y((highest * megabytes) / mostMegabytes)]),
    'darkkhaki',
  )}
  ${curve(
    rates.map(({ at, rate }) => [x(at), y(rate)]),
    'steelblue',
  )}
</svg>
`;
};

const curve = (points: readonly (readonly [x: number, y: number])[], color: string): string =>
  `<polyline fill="none" stroke="${color}" stroke-width="2" points="${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}"/>`;

/** Points of a curve, at most: the drawing of a long import shows no more. */
const mostPoints = 300;

const thinned = (samples: readonly Sample[]): readonly Sample[] => {
  const step = Math.ceil(samples.length / mostPoints);
  return samples.filter((_, index) => index % step === 0);
};

/** Seconds that a rate is taken over, at least; shorter spans show the chunks and not the course. */
const leastSeconds = 3;

const ratesOf = (samples: readonly Sample[]): { at: number; rate: number }[] => {
  const points = thinned(samples);
  return points.flatMap((start) => {
    const end = points.find(({ seconds }) => seconds - start.seconds >= leastSeconds);
    if (!end) return [];
    const rate = (end.contacts - start.contacts) / (end.seconds - start.seconds);
    return [{ at: (start.seconds + end.seconds) / 2, rate }];
  });
};
