import type { Download, DownloadRequest, Downloads } from '#domain/files/fetch-ports.ts';
import { WebError } from '#domain/web/web-error.ts';

/** How a server behaves once; without anything it sends the file to its end. */
export interface Behaviour {
  /** Does not answer at all. */
  readonly fails?: WebError;
  /** Breaks off after so many bytes. */
  readonly cutAfter?: number;
  /** Ends as if that were all after so many bytes. */
  readonly endAfter?: number;
  /** What the file is from now on. */
  readonly file?: Buffer;
  /** The tag of the file; `null` for a server without tags. */
  readonly tag?: string | null;
  /** Does not say how long the file is. */
  readonly isEndless?: true;
  /** Called before each piece. */
  readonly onPiece?: () => void;
}

const pieceSize = 2 * 1024;

/** A server that behaves as it is told, once after the other, and as the last one says for ever. */
export const scriptedDownloads = (file: Buffer, script: readonly Behaviour[] = [{}]) => {
  const asked: DownloadRequest[] = [];
  let current = file;
  let tag: string | null = '"1"';
  const downloads: Downloads = {
    open: async (request) => {
      const behaviour = script[Math.min(asked.length, script.length - 1)] ?? {};
      asked.push(request);
      if (behaviour.file) current = behaviour.file;
      if (behaviour.tag !== undefined) tag = behaviour.tag;
      if (behaviour.fails) throw behaviour.fails;
      const from = tag !== null && request.validator === tag ? request.from : 0;
      return {
        from,
        ...(tag !== null && { validator: tag }),
        ...(!behaviour.isEndless && { size: current.length }),
        body: piecesOf(current.subarray(from), behaviour),
      } satisfies Download;
    },
  };
  return { downloads, asked };
};

async function* piecesOf(bytes: Buffer, { cutAfter, endAfter, onPiece }: Behaviour): AsyncGenerator<Uint8Array> {
  const end = Math.min(bytes.length, cutAfter ?? endAfter ?? bytes.length);
  for (let at = 0; at < end; at += pieceSize) {
    onPiece?.();
    yield bytes.subarray(at, Math.min(at + pieceSize, end));
  }
  if (cutAfter !== undefined) throw new WebError('CONNECTION_LOST', "The connection to the link's server was lost");
}
