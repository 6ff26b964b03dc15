import type { Problem } from '#domain/problem.ts';
import { keptName } from './kept-name.ts';
import { isPersonName, nameLengths } from './person-name.ts';
import { leaveOut, quoted, type Reading } from './reading.ts';

/** How names are read. */
export interface NameRule {
  /** Whether a name that breaks the rules of contract 2.7 is left out, as the vendor does; else it is kept without what is dangerous. */
  readonly strictNames?: boolean;
  /** In characters; that of requests if absent. */
  readonly nameLength?: number;
}

type NameMember = 'firstName' | 'lastName';

/**
 * A name as it is kept; `null` if white space clears it, `undefined` if nothing of it can be kept; and what is lost of
 * it.
 */
export const readPersonName = (
  member: NameMember,
  text: string,
  { strictNames = false, nameLength = nameLengths.request }: NameRule,
): { readonly name: string | null | undefined; readonly problem?: Problem } => {
  const given = text.trim();
  if (given === '') return { name: null };
  const invalid: Problem = { code: 'INVALID_NAME', field: member, message: `${quoted(given)} is not valid ${member}` };
  if (strictNames) {
    return isPersonName(given, member, nameLength) ? { name: given } : { name: undefined, problem: invalid };
  }
  const { name, change } = keptName(given, nameLength);
  if (name === undefined) return { name, problem: invalid };
  return { name, ...(change && { problem: changed(member, changes[change](nameLength)) }) };
};

/** Reads a name into a contact, with a warning if it is not kept as it came. */
export const readName = (
  member: NameMember,
  text: string,
  { rule, reading }: { readonly rule: NameRule; readonly reading: Reading },
): void => {
  const { name, problem } = readPersonName(member, text, rule);
  if (name !== undefined) reading.draft[member] = name;
  if (problem?.code === 'INVALID_NAME') leaveOut(reading, problem);
  else if (problem) reading.warnings.push(problem);
};

const changes = {
  cut: (length: number) => `has more than ${length} characters and was cut`,
  cleaned: () => 'has markup, a link or a template in it, which was left out',
} as const;

const changed = (member: NameMember, change: string): Problem => ({
  code: 'NAME_CHANGED',
  field: member,
  message: `${member} ${change}`,
});
