import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { TrailingSlashes } from '#infra/local/api/route-table.ts';
import { type OwnRule, readOwnRules } from '#infra/local/bus/read-own-rules.ts';
import { CannotStart } from '#infra/local/engine/engine.ts';
import { logLevels } from '#infra/local/function/log-level.ts';
import { type LocalStack, startLocalStack } from '#infra/local/start-local-stack.ts';
import type { LocalSettings } from '#infra/local/synthesis.ts';
import { readStages } from '#infra/stages.ts';
import { installEngineIfMissing } from './install-engine.ts';
import { seedKey } from './seed-key.ts';
import { strainOf } from './strain-of.ts';

/** The key that `docs/subscription-form.html` has as it stands. */
const formKey = 'local-form-key';

/** Starts the local stack as arguments and environment ask, says `ready`, and stops it on SIGINT or SIGTERM. */
export const runUntilStopped = async (args: readonly string[]): Promise<void> => {
  const { rules, installEngine } = argumentsIn(args);
  const ownRules = readOwnRules(rules);
  if (!process.env.AWS_ENDPOINT_URL_DYNAMODB) await installEngineIfMissing({ isAsked: installEngine });
  const key = process.env.API_KEY || 'local-key';
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort());
  if (process.env.npm_lifecycle_event) stopWithParent(asked);
  const stopped = new Promise<void>((resolve) => asked.signal.addEventListener('abort', () => resolve()));

  const stack = await startUnlessStopped(ownRules, asked.signal);
  if (!stack) return;
  try {
    await seedKey(stack.environment, key);
    await seedKey(stack.environment, formKey, { name: 'local form', scope: 'subscribe' });
    if (!asked.signal.aborted) console.log(readyLine(stack, key));
    await stopped;
  } finally {
    await stack.stop();
  }
};

/** The files that `--rule` names, and whether a missing engine is to be installed. */
const argumentsIn = (args: readonly string[]): { rules: readonly string[]; installEngine: boolean } => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { rule: { type: 'string', multiple: true }, 'install-engine': { type: 'boolean' } },
    });
    // npm runs scripts in the folder of the project, wherever it was called.
    const rules = (values.rule ?? []).map((file) => resolve(process.env.INIT_CWD ?? '.', file));
    return { rules, installEngine: values['install-engine'] ?? false };
  } catch (error) {
    throw new CannotStart(`${error instanceof Error ? error.message : error}
npm start takes --rule <file>, several times, and --install-engine.`);
  }
};

/** A shell that npm puts in between ends with the signal without passing it on. */
const stopWithParent = (asked: AbortController): void => {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && asked.abort(), 250).unref();
};

const startUnlessStopped = async (
  ownRules: readonly OwnRule[],
  signal: AbortSignal,
): Promise<LocalStack | undefined> => {
  try {
    const port = portOf(process.env.PORT || '8080');
    const origins = originsOf(process.env.CORS_ORIGINS || '', port);
    return await startLocalStack({
      port,
      // Its own file counts here, too, and is checked where the stack is built.
      settings: { ...(readStages().local as LocalSettings), corsOrigins: origins },
      hosts: origins.flatMap((origin) => (origin === '*' ? [] : new URL(origin).hostname)),
      dataDir: process.env.DATA_DIR || undefined,
      dynamoDbEndpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB || undefined,
      allowances: { loopbackLinks: process.env.ALLOW_LOOPBACK_LINKS === 'true' },
      ownRules,
      waitFactor: factorOf(process.env.WAIT_FACTOR || '1'),
      strain: strainOf(process.env.STRAIN || ''),
      trailingSlashes: slashesOf(process.env.TRAILING_SLASHES || 'apart'),
      logLevel: logLevels.find((level) => level === process.env.LOG_LEVEL?.toUpperCase()) ?? 'WARN',
      signal,
    });
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
};

/** Web pages that may call the API: its own, beside those that `CORS_ORIGINS` names with commas between. */
const originsOf = (text: string, port: number): string[] => {
  const named = text.split(',').map((origin) => origin.trim());
  const wrong = named.find((origin) => !/^(\*|https?:\/\/[^/,\s]+|)$/.test(origin));
  if (wrong !== undefined) {
    throw new CannotStart(`CORS_ORIGINS names ${wrong}: set it to origins like http://localhost:3000, or to *.`);
  }
  const own = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  return [...own, ...named.filter((origin) => origin !== '')];
};

const portOf = (text: string): number => {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new CannotStart(`PORT is ${text}, which is no port: set it to a number up to 65535.`);
};

const factorOf = (text: string): number => {
  const factor = Number(text);
  if (factor >= 0 && factor <= 1) return factor;
  throw new CannotStart(
    `WAIT_FACTOR is ${text}: set it to a number from 0 to 1, of which 1 waits as long as workflows say.`,
  );
};

const slashesOf = (text: string): TrailingSlashes => {
  if (text === 'apart' || text === 'alike') return text;
  throw new CannotStart(`TRAILING_SLASHES is ${text}: set it to apart or alike.`);
};

const readyLine = ({ url }: LocalStack, key: string): string =>
  `ready at ${url} with the API key ${key}, try: curl -u :${key} ${url}/api/v1/version\nthe console is at ${url}/console\nthe mailbox is at ${url}/admin/v1/mailbox, with the key as the password`;
