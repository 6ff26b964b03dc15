import { open } from 'node:fs/promises';
import type { ApiClient } from './api-client.ts';

/** Saves all rows of a listing as one file, part after part, and returns how many rows it has. */
export const saveRows = async (client: ApiClient, path: string, file: string): Promise<number> => {
  const handle = await open(file, 'w');
  try {
    let rows = 0;
    let isFirst = true;
    for (let page: string | undefined = path; page !== undefined; isFirst = false) {
      const { text, next } = await client.call('GET', page);
      const ends = endsOfRecords(text);
      // Every part begins with the same header, and all but the last one end with a line that says so.
      const lines = next === undefined ? ends : ends.slice(0, -1);
      await handle.write(text.slice(isFirst ? 0 : (ends[0] ?? text.length), lines.at(-1) ?? 0));
      rows += Math.max(lines.length - 1, 0);
      page = next;
    }
    return rows;
  } finally {
    await handle.close();
  }
};

/** The ends of the records of a CSV text: line breaks outside of quotes. */
const endsOfRecords = (text: string): number[] => {
  const ends: number[] = [];
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '"') isQuoted = !isQuoted;
    else if (text[index] === '\n' && !isQuoted) ends.push(index + 1);
  }
  return ends;
};
