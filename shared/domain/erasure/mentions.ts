/** The last place in a file at which something is mentioned: numbers of chunks by text, without keeping the texts. */
export interface Mentions {
  /** Chunks are noted in any order. */
  note(text: string, chunk: number): void;
  /** The last chunk that mentions a text, or 0. Of two texts in 10^15 that are taken for one it is the later. */
  lastOf(text: string): number;
}

/**
 * A hash table of two 32-bit hashes and a number each, 12 bytes a slot: a file may mention ten million addresses, which
 * as texts in a `Map` would fill a gigabyte.
 */
export const createMentions = (): Mentions => {
  let slots = emptySlots(1024);
  let size = 0;

  const grow = () => {
    const { first, second, chunks } = slots;
    slots = emptySlots(2 * chunks.length);
    for (let index = 0; index < chunks.length; index++) {
      if (chunks[index]) put(slots, { first: first[index] ?? 0, second: second[index] ?? 0 }, chunks[index] ?? 0);
    }
  };

  return {
    note: (text, chunk) => {
      if (2 * size > slots.chunks.length) grow();
      if (put(slots, hashOf(text), chunk)) size += 1;
    },
    lastOf: (text) => slots.chunks[slotOf(slots, hashOf(text))] ?? 0,
  };
};

interface Slots {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  /** 0 in a free slot. */
  readonly chunks: Uint32Array;
}

interface Hash {
  readonly first: number;
  readonly second: number;
}

const emptySlots = (length: number): Slots => ({
  first: new Uint32Array(length),
  second: new Uint32Array(length),
  chunks: new Uint32Array(length),
});

/** The slot of a hash, or the free one that it would take. Lengths are powers of two. */
const slotOf = ({ first, second, chunks }: Slots, hash: Hash): number => {
  const mask = chunks.length - 1;
  let index = hash.first & mask;
  while (chunks[index] && (first[index] !== hash.first || second[index] !== hash.second)) index = (index + 1) & mask;
  return index;
};

/** Whether the hash was not there before. */
const put = (slots: Slots, hash: Hash, chunk: number): boolean => {
  const index = slotOf(slots, hash);
  const before = slots.chunks[index] ?? 0;
  slots.first[index] = hash.first;
  slots.second[index] = hash.second;
  slots.chunks[index] = Math.max(before, chunk);
  return before === 0;
};

/** cyrb53 (public domain): 64 bits that depend on every character. */
const hashOf = (text: string): Hash => {
  let first = 0xdeadbeef;
  let second = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    first = Math.imul(first ^ code, 2654435761);
    second = Math.imul(second ^ code, 1597334677);
  }
  first = Math.imul(first ^ (first >>> 16), 2246822507) ^ Math.imul(second ^ (second >>> 13), 3266489909);
  second = Math.imul(second ^ (second >>> 16), 2246822507) ^ Math.imul(first ^ (first >>> 13), 3266489909);
  return { first: first >>> 0, second: second >>> 0 };
};
