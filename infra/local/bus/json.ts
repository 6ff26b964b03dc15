/** A value of a JSON document; `undefined` is a member that is not there. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [name: string]: Json };

/** Whether a value is a JSON object. */
export const isRecord = <Member>(value: unknown): value is Record<string, Member> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
