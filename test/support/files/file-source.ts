import type { BoundedSource } from '#csv/bounded-source.ts';

/**
 * A file in memory that comes in pieces of given sizes, one after the other and then again from the first; what was read
 * is counted.
 */
export const fileSource = (
  content: string | Uint8Array,
  pieceSizes: readonly number[] = [64 * 1024],
): BoundedSource & { bytesRead(): number } => {
  const bytes = Buffer.from(content);
  let read = 0;
  const pieces = async function* (from: number, to: number) {
    for (let at = from, turn = 0; at < to; turn += 1) {
      const size = Math.max(1, pieceSizes[turn % pieceSizes.length] ?? 1);
      const piece = bytes.subarray(at, Math.min(at + size, to));
      at += piece.length;
      read += piece.length;
      yield piece;
    }
  };
  return {
    size: bytes.length,
    maxBytes: 300 * 1024 * 1024,
    read: async (from, to = bytes.length) => pieces(from, Math.min(to, bytes.length)),
    bytesRead: () => read,
  };
};
