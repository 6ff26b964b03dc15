import type { Ambient } from '#domain/ambient.ts';
import type { Downloads } from '#domain/files/fetch-ports.ts';
import type { StoredFile } from '#domain/files/upload.ts';
import { WebError } from '#domain/web/web-error.ts';
import type { PartsWriter } from './write-parts.ts';

export interface StoreDownloadPorts extends Pick<Ambient, 'now' | 'pause'> {
  readonly downloads: Downloads;
}

/** What is to be downloaded, and until when. Times are ISO 8601 in UTC. */
export interface DownloadTask {
  readonly link: string;
  readonly maxBytes: number;
  /** When this worker must have handed on. */
  readonly until: string;
}

/** Failures in a row, without a further byte, after which a server is given up that never sent one, or did. */
const patience = { before: 4, after: 8 };

/** Pauses double from one second to this, and a server that asks for it is left alone for as long, up to this. */
const longestPauseSeconds = 60;

/** Workers that a server asked to come again at the same time are spread over at least so much. */
const leastSpreadSeconds = 5;

/**
 * Downloads a file into its parts and resumes after a lost connection; `later` if the time is over and another worker
 * can resume.
 * @throws WebError if the file cannot be had.
 */
export const storeDownload = async (
  ports: StoreDownloadPorts,
  task: DownloadTask,
  writer: PartsWriter,
): Promise<StoredFile | 'later'> => {
  let failures = 0;
  let furthest = writer.furthest();
  for (;;) {
    try {
      return (await isDownloaded(ports, task, writer)) ? await writer.finish() : 'later';
    } catch (error) {
      if (!(error instanceof WebError) || !error.isTransient) throw error;
      writer.breakOff();
      failures = writer.furthest() > furthest ? 1 : failures + 1;
      furthest = writer.furthest();
      if (failures >= (furthest > 0 ? patience.after : patience.before)) throw error;
      await pauseAfter(ports, failures, error);
      if (leftOf(ports, task) <= 0) return handOn(writer);
    }
  }
};

/** Whether the file is there to its end; else the time is over. */
const isDownloaded = async (
  ports: StoreDownloadPorts,
  { link, maxBytes, until }: DownloadTask,
  writer: PartsWriter,
): Promise<boolean> => {
  if (writer.isWhole()) return true;
  const milliseconds = leftOf(ports, { until });
  const download = await ports.downloads.open({ link, ...writer.place(), maxBytes, milliseconds });
  if (download.from === 0) await writer.begin(download);
  for await (const piece of download.body) {
    await writer.add(piece);
    if (leftOf(ports, { until }) <= 0) {
      await handOn(writer);
      return false;
    }
  }
  const isShort = download.size !== undefined && writer.place().from < download.size;
  if (isShort || writer.isWhole() === false) {
    throw new WebError('CONNECTION_LOST', "The link's server sent less than it promised");
  }
  return true;
};

const leftOf = ({ now }: Pick<Ambient, 'now'>, { until }: Pick<DownloadTask, 'until'>): number =>
  Date.parse(until) - Date.parse(now());

const handOn = async (writer: PartsWriter): Promise<'later'> => {
  if (writer.place().validator === undefined) {
    throw new WebError('SERVER_REFUSED', 'The file took too long, and its server cannot resume a broken download');
  }
  if (await writer.keep()) return 'later';
  throw new WebError('SERVER_REFUSED', 'The file comes too slowly to be fetched');
};

const pauseAfter = ({ pause }: Pick<Ambient, 'pause'>, failures: number, { retryAfterSeconds = 0 }: WebError) => {
  const atLeast = Math.min(longestPauseSeconds, retryAfterSeconds);
  const random = Math.min(2 ** (failures - 1), longestPauseSeconds - atLeast + leastSpreadSeconds);
  return pause(1000 * random, 1000 * atLeast);
};
