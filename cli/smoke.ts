import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { ambient } from '#shared/ambient.ts';
import { secretKey } from '#shared/secret-key.ts';
import { createApiKey } from '#usecases/keys/create-api-key.ts';
import { revokeApiKey } from '#usecases/keys/revoke-api-key.ts';
import { connectToStage } from './connect-to-stage.ts';
import { UsageError } from './key-arguments.ts';
import { linkByTable, linkInMailbox } from './smoke/find-link.ts';
import { smokeOn } from './smoke/smoke.ts';
import { readSmokeArguments, type SmokeRequest, usage } from './smoke/smoke-arguments.ts';
import { trySmoke } from './smoke/try-smoke.ts';
import { whatIsInTheWay } from './smoke/what-is-in-the-way.ts';

/* `npm run smoke`: tries a deployment. Exits with 1 where something differs or is left, and 2 where nobody understood. */

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

/** Tries a deployment, and returns whether all went well. */
const run = async ({ target, key, patienceSeconds }: SmokeRequest): Promise<boolean> => {
  const name = `smoke-${randomBytes(4).toString('hex')}`;
  const url = 'url' in target ? target.url : await connectToStage(target);
  const isDeployed = 'stage' in target;
  const ownKey = key ?? (await keyFor(name));
  try {
    const obstacle = await whatIsInTheWay({ url, key: ownKey });
    if (obstacle !== undefined) throw new Error(obstacle);
    const smoke = smokeOn({ url, key: ownKey, name, patienceSeconds });
    const findLink = isDeployed ? linkByTable(url) : linkInMailbox(smoke);
    return await trySmoke(smoke, { findLink, tell: console.log, signal: stopped.signal });
  } finally {
    if (key === undefined) await revokeApiKey({ apiKeys }, runKeyOf(name));
  }
};

const runKeyOf = (name: string): string => `${name}-run`;

/** A key of this run alone, made as `npm run key` makes it. */
const keyFor = async (name: string): Promise<string> => {
  const { key, hash } = secretKey();
  await createApiKey({ apiKeys, segments, ...ambient }, { hash, name: runKeyOf(name), scope: 'full' });
  return key;
};

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
try {
  const request = readSmokeArguments(process.argv.slice(2), process.env);
  if (request === 'help') console.log(usage);
  else if (!(await run(request))) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  if (error instanceof UsageError) console.error(`\n${usage}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
