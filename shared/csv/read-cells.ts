/** What the lines of a record came to so far: all of its cells, a quote that is still open, or one that fits nowhere. */
export type CellsState = 'whole' | 'open' | 'broken';

/** The cells of one record, while its lines are read. */
export interface CellReader {
  readonly cells: readonly string[];
  /** Reads the next line of the record, without what ended it. */
  read(line: string): CellsState;
  /** Says that the record continues after this newline. */
  goOn(newline: string): void;
}

/**
 * Reads the cells of one record (RFC 4180). A quote counts only if a cell begins, spaces aside: `5" pipe` is text, as it
 * is for spreadsheets. Inside quotes, a quote is doubled or ends the cell; anything else is broken, so that a forgotten
 * quote never takes the next rows into a cell.
 */
export const cellReader = (delimiter: string): CellReader => {
  const cells: string[] = [];
  const parts: string[] = [];
  let isQuoted = false;

  const readQuoted = (line: string, from: number): number | CellsState => {
    for (let at = from; ; ) {
      const quote = line.indexOf('"', at);
      parts.push(line.slice(at, quote < 0 ? undefined : quote));
      if (quote < 0) return 'open';
      if (line[quote + 1] === '"') {
        parts.push('"');
        at = quote + 2;
        continue;
      }
      const next = skipSpaces(line, quote + 1, delimiter);
      if (next < line.length && line[next] !== delimiter) return 'broken';
      cells.push(parts.join(''));
      parts.length = 0;
      isQuoted = false;
      return next < line.length ? next + 1 : 'whole';
    }
  };

  const readPlain = (line: string, from: number): number | CellsState => {
    const start = skipSpaces(line, from, delimiter);
    if (line[start] === '"') {
      isQuoted = true;
      return readQuoted(line, start + 1);
    }
    const to = line.indexOf(delimiter, from);
    cells.push(line.slice(from, to < 0 ? undefined : to));
    return to < 0 ? 'whole' : to + 1;
  };

  return {
    cells,
    read: (line) => {
      let next: number | CellsState = isQuoted ? readQuoted(line, 0) : 0;
      while (typeof next === 'number') next = readPlain(line, next);
      return next;
    },
    goOn: (newline) => parts.push(newline),
  };
};

const skipSpaces = (line: string, from: number, delimiter: string): number => {
  let at = from;
  while (line[at] === ' ' && delimiter !== ' ') at += 1;
  return at;
};
