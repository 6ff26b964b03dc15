import type { FileFormat } from '#domain/files/contact-file.ts';
import { fileLimits } from './file-limits.ts';
import type { DecodeLine } from './text-decoder.ts';

/** One physical line. */
export interface Line {
  /** Without the newline of the file; a carriage return before a line feed is still there. */
  readonly text: string;
  /** Bytes from the place where reading began to the beginning of the next line. */
  readonly end: number;
  /** Whether it is longer than a row may be, and `text` is its beginning only. */
  readonly isCut?: true;
}

/** How lines are separated and decoded. */
export interface LineRule extends Pick<FileFormat, 'newline'> {
  readonly decode: DecodeLine;
}

/**
 * Cuts content into lines, and gives those that end in one piece of it together. Whatever the pieces are, the lines are
 * the same; of a line without end only its beginning is held.
 */
export async function* readLines(
  content: AsyncIterable<Uint8Array>,
  { newline, decode }: LineRule,
): AsyncGenerator<Line[], void> {
  const newlineByte = newline.charCodeAt(0);
  const started = startedLine(decode);
  let before = 0;
  for await (const piece of content) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const lines: Line[] = [];
    let from = 0;
    for (let to = bytes.indexOf(newlineByte); to >= 0; to = bytes.indexOf(newlineByte, from)) {
      const end = before + to + 1;
      if (started.isEmpty() && to - from <= fileLimits.rowBytes) lines.push({ text: decode(bytes, from, to), end });
      else lines.push(started.finish(bytes.subarray(from, to), end));
      from = to + 1;
    }
    if (from < bytes.length) started.add(bytes.subarray(from));
    before += bytes.length;
    if (lines.length > 0) yield lines;
  }
  if (!started.isEmpty()) yield [started.finish(Buffer.alloc(0), before)];
}

/** A line of which the end has not come yet. */
const startedLine = (decode: DecodeLine) => {
  let kept: Buffer[] = [];
  let length = 0;
  const add = (bytes: Buffer): void => {
    const wasWhole = length <= fileLimits.rowBytes;
    length += bytes.length;
    if (!wasWhole) return;
    kept.push(bytes);
    if (length > fileLimits.rowBytes) kept = [Buffer.concat(kept).subarray(0, fileLimits.keptBytes)];
  };
  return {
    isEmpty: () => length === 0,
    add,
    finish: (bytes: Buffer, end: number): Line => {
      add(bytes);
      const isCut = length > fileLimits.rowBytes;
      const whole = Buffer.concat(kept);
      const text = decode(whole, 0, whole.length);
      kept = [];
      length = 0;
      // The cut may have gone through a character.
      return isCut ? { text: text.replace(/(?<!\uFFFD)\uFFFD+$/, ''), end, isCut } : { text, end };
    },
  };
};
