import type { Creation } from '#domain/contacts/ports.ts';
import type { ImportChunk } from '#domain/imports/import-session.ts';
import type { ImportFiles } from '#domain/imports/ports.ts';
import type { Layer } from '#domain/imports/undo.ts';

/** What imports wrote to contacts, as it was kept beside their outcomes. */
export interface LayerReader {
  /** Who was written by a chunk, rows or no rows. */
  readonly idsIn: (of: ChunkName) => Promise<number[]>;
  /** Whom a chunk wrote for which of its drafts, counted from 0. */
  readonly rowsIn: (of: ChunkName) => Promise<Creation[]>;
  /** What chunks of an import wrote to a contact. */
  readonly layersOf: (contactId: number, sessionId: string, numbers: readonly number[]) => Promise<Layer[]>;
}

type ChunkName = Pick<ImportChunk, 'sessionId' | 'number'>;

/** Chunks whose layers stay in memory, about 300 kB each: contacts of several chunks are looked up again and again. */
const mostRemembered = 200;

/** Reads layers chunk by chunk and remembers the latest. */
export const layerReader = (importFiles: Pick<ImportFiles, 'readFormer'>): LayerReader => {
  const remembered = new Map<string, Promise<Map<number, Layer[]>>>();
  const layersIn = (of: ChunkName): Promise<Map<number, Layer[]>> => {
    const token = `${of.sessionId}#${of.number}`;
    const layers = remembered.get(token) ?? readLayers(importFiles, of, token);
    remembered.delete(token);
    remembered.set(token, layers);
    const [oldest] = remembered.keys();
    if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
    return layers;
  };

  return {
    idsIn: async (of) => [...(await layersIn(of)).keys()],
    rowsIn: async (of) =>
      [...(await layersIn(of)).values()].flat().map(({ contactId, rows = [] }) => ({ contactId, rows })),
    layersOf: async (contactId, sessionId, numbers) => {
      const chunks = await Promise.all(numbers.map((number) => layersIn({ sessionId, number })));
      return chunks.flatMap((layers) => layers.get(contactId) ?? []);
    },
  };
};

const readLayers = async (
  importFiles: Pick<ImportFiles, 'readFormer'>,
  of: ChunkName,
  token: string,
): Promise<Map<number, Layer[]>> => {
  const former = await importFiles.readFormer(of);
  return Map.groupBy(
    former.map((one): Layer => ({ ...one, token })),
    ({ contactId }) => contactId,
  );
};

/** The chunks of an import that wrote each contact beside creating it, by contact. */
export const placesOf = async (
  layers: LayerReader,
  chunks: readonly ImportChunk[],
): Promise<ReadonlyMap<number, readonly number[]>> => {
  const places = new Map<number, number[]>();
  for (let start = 0; start < chunks.length; start += readAtOnce) {
    const part = chunks.slice(start, start + readAtOnce);
    const ids = await Promise.all(part.map((chunk) => layers.idsIn(chunk)));
    for (const [index, { number }] of part.entries()) {
      for (const id of ids[index] ?? []) places.set(id, [...(places.get(id) ?? []), number]);
    }
  }
  return places;
};

const readAtOnce = 8;
