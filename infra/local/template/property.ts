import * as z from 'zod';
import type { Quota } from '../quota/quotas.ts';

/** A property that the local stack accepts and leaves aside, with the reason. */
export const leftAside = (reason: string) => z.unknown().describe(reason).optional();

/** A number; CloudFormation also takes it as text. */
export const number = z.coerce.number();

/** A boolean; CloudFormation also takes it as text. */
export const boolean = z.union([z.boolean(), z.stringbool()]);

/** A property that runs with one value only; any other is refused with `reason`. */
export const only = (value: string | boolean | number, reason: string) =>
  z.literal(value, { error: reason }).optional();

/** A property that does not run, with the reason. */
export const refused = (reason: string) => z.undefined({ error: reason }).optional();

/** Tags change nothing that a program sees. */
export const tags = leftAside('tags sort bills');

/** A number that AWS bounds. */
export const atMost = ({ limit, unit }: Quota) =>
  number.refine((value) => value <= limit, `AWS allows ${limit} ${unit}`);

/** A number that AWS bounds on both sides. */
export const between = (least: Quota, most: Quota) =>
  atMost(most).refine((value) => value >= least.limit, `AWS allows ${least.limit} ${least.unit}`);
