import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inParallel } from '#aws/clients/parallel.ts';
import type { LocalSettings } from '#infra/local/synthesis.ts';
import { copyTable, secondsToWrite } from './bare-ceiling.ts';
import { type BenchStack, withStack } from './bench-stack.ts';
import { bulkRequest, contactsPerRequest } from './bulk-request.ts';
import { writeContactFile } from './contact-file.ts';
import type { Progress } from './progress.ts';

/** How many contacts an import had reached so many seconds after its first request, and what it held in memory then. */
export interface Sample {
  readonly seconds: number;
  readonly contacts: number;
  /** Resident MB of the gateway, the functions and every engine but DynamoDB's, whose tables are in memory. */
  readonly megabytes: number;
}

/** How contacts are sent: by requests of 3,000, or as one file. */
export type Way = 'requests' | 'file';

/** One timed import of new contacts. */
export interface TimedImport {
  readonly rows: number;
  readonly way: Way;
  readonly rowsPerSecond: number;
  /** What the same items reach by bare batch writes, in contacts a second. */
  readonly ceilingPerSecond: number;
  /** Milliseconds until each of its requests was answered, with the import under way. */
  readonly acceptMilliseconds: readonly number[];
  /** What all threads of the stack computed for each contact, beside the DynamoDB engine. */
  readonly processorMilliseconds: number;
  /** Threads that wanted to run, on average of the last minute: more than there are processors slow every time. */
  readonly load: number;
  readonly samples: readonly Sample[];
}

/** How an import is timed. */
export interface Timing {
  readonly way?: Way;
  readonly settings?: LocalSettings;
  /** A smaller import of the same run: an import whose table has no room in memory is held against its ceiling. */
  readonly smaller?: TimedImport | undefined;
}

/** Contacts whose items are written once more for the ceiling, at most: they are all in memory for it. */
const mostCopied = 200_000;

/** Times an import on a stack of its own, from the first request until the last session is FINISHED. */
export const timeImport = async (
  rows: number,
  progress: Progress,
  { way = 'requests', settings = {}, smaller }: Timing = {},
): Promise<TimedImport> => {
  progress.step(`Importing ${rows.toLocaleString('en')} contacts`);
  const { copy, ...measured } = await withStack({ settings }, async (stack) => {
    await warmUp(stack);
    const imported = await importAll(stack, { rows, way }, progress);
    return { ...imported, copy: smaller && rows > mostCopied ? undefined : await copyTable(stack) };
  });
  if (!copy) return { rows, way, ...measured, ceilingPerSecond: smaller?.ceilingPerSecond ?? 0 };
  progress.step(`Writing the same ${copy.items.toLocaleString('en')} items bare`);
  return { rows, way, ...measured, ceilingPerSecond: copy.contacts / (await secondsToWrite(copy)) };
};

/** Rows that no measurement counts: they start the workers and make the segment. */
const warmUpRows = 3_000;

const warmUp = async (stack: BenchStack): Promise<void> => {
  const { sessionId } = await stack.send(bulkRequest(0, warmUpRows));
  await stack.untilFinished(sessionId);
};

/** Requests that wait for their answers together. */
const requestsAtOnce = 2;

interface Asked {
  readonly rows: number;
  readonly way: Way;
}

const importAll = async (stack: BenchStack, { rows, way }: Asked, progress: Progress) => {
  const sending = way === 'file' ? await fileSender(stack, rows) : requestSender(stack, rows);
  const startedAt = Date.now();
  const processorAtStart = process.cpuUsage();
  const watch = watchImport(stack, rows, progress);
  try {
    const sent = await sending();
    const sessions = [];
    for (const sessionId of sent.sessionIds) sessions.push(await stack.untilFinished(sessionId));
    const created = sessions.reduce((sum, { counts }) => sum + (counts?.created ?? 0), 0);
    if (created !== rows) throw new Error(`Of ${rows} contacts ${created} were created`);
    const { user, system } = process.cpuUsage(processorAtStart);
    const finishedAt = Math.max(...sessions.map((session) => Date.parse(session.finishedAt ?? '')));
    return {
      rowsPerSecond: (1000 * rows) / (finishedAt - startedAt),
      acceptMilliseconds: sent.milliseconds,
      processorMilliseconds: (user + system) / 1000 / rows,
      load: loadavg()[0] ?? 0,
      samples: watch.samples,
    };
  } finally {
    await watch.stop();
  }
};

/** What was sent: its sessions, and how long each request for contacts took. */
interface Sent {
  readonly sessionIds: readonly string[];
  readonly milliseconds: readonly number[];
}

const requestSender = (stack: BenchStack, rows: number) => async (): Promise<Sent> => {
  const firsts = Array.from({ length: Math.ceil(rows / contactsPerRequest) }, (_, index) => index * contactsPerRequest);
  const sent = await inParallel(
    firsts,
    (first) => stack.send(bulkRequest(warmUpRows + first, Math.min(contactsPerRequest, rows - first))),
    requestsAtOnce,
  );
  return {
    sessionIds: sent.map(({ sessionId }) => sessionId),
    milliseconds: sent.map(({ milliseconds }) => milliseconds),
  };
};

/** The file is written beforehand, as its caller has it already; sending it counts. */
const fileSender = async (stack: BenchStack, rows: number): Promise<() => Promise<Sent>> => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const path = join(folder, 'contacts.csv');
  await writeContactFile(path, { first: warmUpRows, rows });
  return async () => {
    const sessionId = await stack.sendFile(path);
    await rm(folder, { recursive: true, force: true });
    return { sessionIds: [sessionId], milliseconds: [] };
  };
};

const sampleMilliseconds = 500;

/** Looks now and then how far an import is, by the ids that were handed out: cheap, and true to the block of ids. */
const watchImport = (stack: BenchStack, rows: number, progress: Progress) => {
  const samples: Sample[] = [];
  const startedAt = performance.now();
  const stopping = new AbortController();
  const watch = async () => {
    const leasedBefore = await stack.idsLeased();
    while (!stopping.signal.aborted) {
      const contacts = Math.min(rows, (await stack.idsLeased()) - leasedBefore);
      const megabytes = process.memoryUsage.rss() / 1_048_576;
      samples.push({ seconds: (performance.now() - startedAt) / 1000, contacts, megabytes });
      progress.at(contacts, rows);
      await pause(sampleMilliseconds, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const watching = watch();
  return {
    samples,
    stop: () => {
      stopping.abort();
      return watching;
    },
  };
};
