import type { Problem } from '#domain/problem.ts';
import { carriedText } from '../carried-text.ts';

/** Replaces what nothing carries in the cells of a row, as in everything that comes in, and warns of each such cell. */
export const replaceUncarried = (filled: Map<string, string>): Problem[] =>
  [...filled].flatMap(([name, cell]) => {
    const carried = carriedText(cell);
    if (carried === cell) return [];
    filled.set(name, carried);
    return names.includes(name) ? [] : [replacedIn(name)];
  });

/** They lose whatever is not seen, so that nothing of it is left. */
const names: readonly string[] = ['firstName', 'lastName'];

const replacedIn = (field: string): Problem => ({
  code: 'CHARACTERS_REPLACED',
  field,
  message: 'The cell has characters that cannot be stored, and U+FFFD stands for each of them',
});
