/** One measured number beside what it is held against. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  /** What the value counts, as it is written after it. */
  readonly unit: string;
  /** The value may be this at most, or must be this at least; without a bound it only informs. */
  readonly bound?: { readonly most: number } | { readonly least: number };
  /** The best that could be, or that must be done anyway: measured in the same run, in the same unit. */
  readonly ceiling?: { readonly value: number; readonly unit: string };
  /** What the number is made of. */
  readonly detail?: string;
}

/** Whether a figure keeps its bound; `undefined` if it has none. */
export const isKept = ({ value, bound }: Figure): boolean | undefined => {
  if (!bound) return undefined;
  return 'most' in bound ? value <= bound.most : value >= bound.least;
};

/** The middle of values, the mean of the middle two. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const [low = 0, high = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return (low + high) / 2;
};
