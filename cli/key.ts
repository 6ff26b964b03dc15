import { fileURLToPath } from 'node:url';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import type { ApiKey } from '#domain/keys/api-key.ts';
import { digest } from '#identity/digest.ts';
import { ambient } from '#shared/ambient.ts';
import { secretKey } from '#shared/secret-key.ts';
import { createApiKey } from '#usecases/keys/create-api-key.ts';
import { listApiKeys } from '#usecases/keys/list-api-keys.ts';
import { revokeApiKey } from '#usecases/keys/revoke-api-key.ts';
import { connectToStage } from './connect-to-stage.ts';
import { type KeyRequest, readKeyArguments, UsageError, usage } from './key-arguments.ts';

/* `npm run key`: makes, lists and revokes API keys. Exits with 1 where that failed and 2 where nobody understood. */

const live = { apiKeys, segments, ...ambient };

const run = async (request: KeyRequest): Promise<string> => {
  if (request.command === 'help') return usage;
  const url = await connectToStage(request.place);
  switch (request.command) {
    case 'create':
      return create(request, url);
    case 'list':
      return list();
    case 'revoke': {
      const { name, hash } = await revokeApiKey(live, request.nameOrHash);
      return `Revoked the key ${name} (${shortened(hash)}). Functions that remember it forget it within a minute.`;
    }
  }
};

const create = async (
  { key = secretKey().key, ...asked }: Extract<KeyRequest, { command: 'create' }>,
  url: string,
): Promise<string> => {
  const hash = digest(key);
  const { name, scope, ratePerMinute, groups, fields } = asked;
  const made = await createApiKey(live, { hash, name, scope, groups, fields, ...(ratePerMinute && { ratePerMinute }) });
  const rate = made.ratePerMinute === undefined ? '' : `, good for ${made.ratePerMinute} requests a minute`;
  return `Made the key ${name} with the scope ${scope}${rate}${mayWrite(made)}. It is stored as a hash only and shown this once:

  ${key}

Callers send it as the password of HTTP Basic: curl -u :${key} ${url}/api/v1/version`;
};

const mayWrite = ({ groups = [], fields = [] }: Pick<ApiKey, 'groups' | 'fields'>): string =>
  [
    groups.length > 0 ? `, for the segments ${groups.join(', ')}` : '',
    fields.length > 0 ? `, for the custom fields ${fields.join(', ')}` : '',
  ].join('');

const list = async (): Promise<string> => {
  const keys = await listApiKeys(live);
  if (keys.length === 0) return 'There are no keys yet.';
  const rows = keys.map(({ name, scope, ratePerMinute, hash, createdAt, lastUsedAt, isIdle }) => [
    name,
    scope,
    ratePerMinute === undefined ? '' : String(ratePerMinute),
    shortened(hash),
    createdAt.slice(0, 10),
    `${lastUsedAt.slice(0, 10)}${isIdle ? ' (disabled)' : ''}`,
  ]);
  return inColumns([['NAME', 'SCOPE', 'A MINUTE', 'HASH', 'CREATED', 'LAST USED'], ...rows]);
};

const shortened = (hash: string): string => hash.slice(0, 12);

const inColumns = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
};

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
try {
  console.log(await run(readKeyArguments(process.argv.slice(2), process.env.PORT)));
} catch (error) {
  console.error(explain(error));
  if (error instanceof UsageError) console.error(`\n${usage}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
