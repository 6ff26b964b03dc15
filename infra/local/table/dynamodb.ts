import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CannotStart, type Engine } from '../engine/engine.ts';
import { freePort } from '../engine/free-port.ts';

/** The folder of the tables and, optionally, which DynamoDB-compatible server is used instead of the one that ships. */
export interface DynamoDbOptions {
  /** Absent: in memory. */
  readonly dataDir: string | undefined;
  /** Absent: the engine that ships. */
  readonly endpoint: string | undefined;
}

/** Starts the DynamoDB engine. Throws `CannotStart` if there is none for this platform. */
export const startDynamoDb = async ({ dataDir, endpoint }: DynamoDbOptions): Promise<Engine> => {
  if (endpoint) return { endpoint: endpoint.replace(/\/$/, ''), stop: async () => {} };
  const binary = findBinary();
  const port = await freePort();
  const storage = dataDir ? ['--db-path', join(dataDir, 'tables.sqlite')] : [];
  if (dataDir) await mkdir(dataDir, { recursive: true });
  const child = spawn(
    'sh',
    ['-c', superviseScript, binary, '--host', '127.0.0.1', '--port', String(port), ...storage],
    {
      stdio: ['pipe', 'ignore', 'pipe'],
      detached: true,
    },
  );
  try {
    await untilListening(child, port);
  } catch (error) {
    await stopChild(child);
    throw error;
  }
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => stopChild(child) };
};

/**
 * Runs the engine until standard input ends, which it also does when this process is killed, so that no engine outlives
 * it; and ends with the engine.
 */
const superviseScript = `
exec 3<&0
"$0" "$@" </dev/null 3<&- & engine=$!
{ cat <&3 >/dev/null; kill $engine; } 2>/dev/null &
exec 3<&-
wait $engine
`;

const findBinary = (): string => {
  const { resolve } = createRequire(import.meta.url);
  const name = `@dynoxide/${process.platform}-${process.arch}/dynoxide`;
  try {
    return resolve(name);
  } catch {
    throw new CannotStart(
      `There is no DynamoDB engine for ${process.platform}-${process.arch} in node_modules: run \`npm ci\`, or set AWS_ENDPOINT_URL_DYNAMODB to any DynamoDB-compatible server.`,
    );
  }
};

const startSeconds = 10;

const untilListening = async (child: ChildProcess, port: number): Promise<void> => {
  const errors: Buffer[] = [];
  child.stderr?.on('data', (piece) => errors.push(piece));
  const deadline = Date.now() + startSeconds * 1000;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (await accepts(port)) return;
    await pause(10);
  }
  throw new CannotStart(
    `The DynamoDB engine did not start: ${Buffer.concat(errors).toString().trim() || 'no reason given'}`,
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
