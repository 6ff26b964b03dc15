/** Writes text in an encoding of single bytes, which Node reads and does not write; what it lacks becomes `?`. */
export const encodeSingleBytes = (text: string, encoding: string): Buffer => {
  const bytes = byteOf(encoding);
  return Buffer.from([...text].map((character) => bytes.get(character) ?? '?'.charCodeAt(0)));
};

/** The characters of an encoding of single bytes that stand for something. */
export const charactersOf = (encoding: string): string[] => [...byteOf(encoding).keys()];

const byteOf = (encoding: string): Map<string, number> => {
  const decoder = new TextDecoder(encoding);
  const all = Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const);
  return new Map(all.filter(([character]) => character !== '\uFFFD'));
};
