import type { FileRow, FileSample } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';

/** As many rows as are looked at before the first is imported, and what their cells may weigh. */
const sampleSize = { rows: 1000, characters: 2_000_000 } as const;

/** The cells of the first rows; of a file that is damaged somewhere in them, those before. */
export const takeSample = async (rows: AsyncIterable<FileRow>): Promise<FileSample> => {
  const sample: (readonly string[])[] = [];
  let characters = 0;
  try {
    for await (const { cells, problem } of rows) {
      if (problem) continue;
      sample.push(cells);
      for (const cell of cells) characters += cell.length;
      if (sample.length >= sampleSize.rows || characters >= sampleSize.characters) break;
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
  return sample;
};
