import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { Server } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startFauxqs } from 'fauxqs';
import { serveEngine } from '../engine/worker-engine.ts';
import { location } from '../template/location.ts';

/** The engine asks for every interface and offers no choice; in this thread, which runs nothing else, it gets loopback. */
const listenOnLoopback = (): void => {
  const listen = Server.prototype.listen;
  const bound = function (this: Server, options: unknown, ...others: unknown[]) {
    const hasHost = typeof options === 'object' && options !== null && 'host' in options;
    return Reflect.apply(listen, this, [hasHost ? { ...options, host: '127.0.0.1' } : options, ...others]);
  };
  Object.assign(Server.prototype, { listen: bound });
};

/** No function works on anything yet: whatever was in flight when the engine ended, however it ended, is due again. */
const releaseMessages = (folder: string): void => {
  const file = join(folder, 'fauxqs.db');
  if (!existsSync(file)) return;
  const database = new DatabaseSync(file);
  database.exec('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL');
  database.close();
};

/** The engine refuses characters beyond U+FFFF, as emoji are, which SQS takes (SQS API reference, SendMessage). */
const takeEveryCharacter = async (): Promise<void> => {
  const types = new URL('./sqs/sqsTypes.js', import.meta.resolve('fauxqs'));
  const { INVALID_MESSAGE_BODY_CHAR: refused } = await import(types.href);
  refused.compile('[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]', 'u');
};

listenOnLoopback();
await takeEveryCharacter();

await serveEngine(async ({ dataDir }) => {
  const folder = dataDir ? join(dataDir, 'queues') : undefined;
  if (folder) await mkdir(folder, { recursive: true });
  if (folder) releaseMessages(folder);
  const server = await startFauxqs({
    port: 0,
    logger: false,
    defaultRegion: location.region,
    ...(folder && { dataDir: folder }),
  });
  return { port: server.port, stop: () => server.stop() };
});
