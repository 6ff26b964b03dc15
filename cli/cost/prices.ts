import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** The regions whose prices are known. */
export const regions = ['us-east-1', 'eu-central-1', 'eu-west-1'] as const;

export type Region = (typeof regions)[number];

/** What AWS charges for one thing. */
export interface Price {
  /** What it is for, to people. */
  readonly what: string;
  /** How many of what is counted the price is for. */
  readonly per: number;
  /** What so many are called. */
  readonly unit: string;
  readonly dollars: Readonly<Record<Region, number>>;
  /** Where AWS says so; `{region}` stands for the region. */
  readonly source: string;
  /** The day of the list. */
  readonly asOf: string;
}

const priceSchema = z.strictObject({
  what: z.string(),
  per: z.number().positive(),
  unit: z.string(),
  dollars: z.record(z.enum(regions), z.number().nonnegative()),
  source: z.url({ protocol: /^https$/, hostname: /(^|\.)(aws\.amazon|amazonaws)\.com$/ }),
  asOf: z.iso.date(),
});

/** What is charged, in the order in which it is shown. */
export const charges = [
  'tableWrites',
  'tableReads',
  'tableStorage',
  'recovery',
  'events',
  'invocations',
  'gigabyteSeconds',
  'apiRequests',
  'queueRequests',
  'polls',
  'objectWrites',
  'objectReads',
  'objectStorage',
  'logBytes',
  'logStorage',
  'traces',
  'mails',
  'alarms',
  'dashboards',
] as const;

export type Charge = (typeof charges)[number];

/** How much of what is charged was used; nothing of what is absent. */
export type Quantities = Readonly<Partial<Record<Charge, number>>>;

/** The list prices of Amazon, in US dollars without taxes and free tiers. */
export const prices: Readonly<Record<Charge, Price>> = z
  .record(z.enum(charges), priceSchema)
  .parse(JSON.parse(readFileSync(new URL('prices.json', import.meta.url), 'utf8')));

/** Dollars for so much of something. */
export const dollarsFor = (charge: Charge, quantity: number, region: Region): number =>
  (quantity / prices[charge].per) * prices[charge].dollars[region];
