import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CannotStart, type Engine } from '../engine/engine.ts';
import { freePort } from '../engine/free-port.ts';
import { type EnginePlace, findEngine, missingEngine, ownPlace } from './engine-package.ts';

/** The folder of the tables and, optionally, which DynamoDB-compatible server is used instead of the one that ships. */
export interface DynamoDbOptions {
  /** Absent: in memory. */
  readonly dataDir: string | undefined;
  /** Absent: the engine that ships. */
  readonly endpoint: string | undefined;
  /** Absent: this machine's. */
  readonly place?: EnginePlace;
}

/** Starts the DynamoDB engine. Throws `CannotStart` if there is none for this platform. */
export const startDynamoDb = async ({ dataDir, endpoint, place = ownPlace }: DynamoDbOptions): Promise<Engine> => {
  if (endpoint) return { endpoint: endpoint.replace(/\/$/, ''), stop: async () => {} };
  const binary = findEngine(place);
  if (binary === undefined) throw new CannotStart(missingEngine(place));
  const port = await freePort();
  const storage = dataDir ? ['--db-path', join(dataDir, 'tables.sqlite')] : [];
  if (dataDir) await mkdir(dataDir, { recursive: true });
  const args = [supervisor, binary, '--host', '127.0.0.1', '--port', String(port), ...storage];
  // In a group of its own, Ctrl+C at the terminal does not end it before the functions that call it.
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
    windowsHide: true,
  });
  try {
    await untilListening(child, port);
  } catch (error) {
    await stopChild(child);
    throw error;
  }
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => stopChild(child) };
};

const supervisor = fileURLToPath(new URL('./supervise-engine.ts', import.meta.url));

/** It takes a tenth of a second, unless the machine has a lot to do. */
const startSeconds = 30;

const untilListening = async (child: ChildProcess, port: number): Promise<void> => {
  const errors: Buffer[] = [];
  child.stderr?.on('data', (piece) => errors.push(piece));
  const deadline = Date.now() + startSeconds * 1000;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (await accepts(port)) return;
    await pause(10);
  }
  throw new CannotStart(
    `The DynamoDB engine did not start: ${Buffer.concat(errors).toString().trim() || `it gave no reason within ${startSeconds} s`}`,
  );
};

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const stopChild = async (child: ChildProcess): Promise<void> => {
  child.stdin?.on('error', () => {});
  child.stdin?.end();
  if (child.exitCode !== null || child.signalCode !== null) return;
  await once(child, 'exit');
};
