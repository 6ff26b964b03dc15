import { carriedText } from './carried-text.ts';

/** Lists and objects in one another: as deep as everything that a value passes through can follow. */
export const maxJsonDepth = 20;

/** Whether a JSON value is nested deeper than that. */
export const isTooDeep = (value: unknown, levels: number = maxJsonDepth): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isTooDeep(one, levels - 1));
};

/** A JSON value as every service carries it, and how many of its parts had to be replaced for that. */
export interface CarriedJson {
  readonly value: unknown;
  readonly replaced: number;
}

/** Nothing is nested deeper; code that follows a value by calling itself is safe down to there. */
const maxCarriedDepth = 100;

/**
 * A JSON value in which characters that nothing carries are U+FFFD, and numbers that no computer holds and what is nested
 * more than 100 deep are `null`: one rule for everything that comes in.
 */
export const carriedJson = (given: unknown): CarriedJson => {
  let replaced = 0;
  const note = <Value>(value: Value, carried: Value): Value => {
    if (value !== carried) replaced += 1;
    return carried;
  };
  const text = (value: string) => note(value, carriedText(value));
  const walk = (value: unknown, levels: number): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number') return Number.isFinite(value) ? value : note<unknown>(value, null);
    if (typeof value !== 'object' || value === null) return value;
    if (levels === 0) return note<unknown>(value, null);
    if (Array.isArray(value)) return value.map((one) => walk(one, levels - 1));
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [text(name), walk(one, levels - 1)]));
  };
  return { value: walk(given, maxCarriedDepth), replaced };
};
