import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiKeyStore } from '#aws/keys/api-key-store.ts';
import { freePort } from '#infra/local/engine/free-port.ts';
import { writeState } from '#infra/local/state-file.ts';
import { environmentNames } from '#names/environment.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';

let engine: Engine;
let port: number;
let tableName: string;
let removeState: () => Promise<void>;
beforeAll(async () => {
  engine = await startDynamoDb();
  const { region, credentials } = clientFor(engine);
  tableName = await createTable(new DynamoDBClient(clientFor(engine)));
  port = await freePort();
  removeState = await writeState({
    port,
    url: `http://127.0.0.1:${port}`,
    outputs: {},
    environment: {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
      [environmentNames.tableName]: tableName,
    },
  });
});
afterAll(async () => {
  await removeState();
  await engine.stop();
});

const run = (args: readonly string[], environment: Record<string, string> = { PORT: String(port) }) =>
  new Promise<{ code: number; out: string; error: string }>((resolve) => {
    const script = fileURLToPath(new URL('../../../cli/key.ts', import.meta.url));
    const child = execFile(
      process.execPath,
      [script, ...args],
      { env: { ...process.env, ...environment } },
      (_, out, error) => resolve({ code: child.exitCode ?? -1, out, error }),
    );
  });

describe('npm run key', () => {
  test('makes a key that is shown once and stored as a hash, lists it and revokes it', async () => {
    const made = await run(['create', '--name', 'shop', '--scope', 'events+contacts']);
    const [key = ''] = /rollcall_[A-Za-z0-9_-]{43}/.exec(made.out) ?? [];
    const hash = createHash('sha256').update(key).digest('hex');
    const stored = await apiKeyStore(new DynamoDBClient(clientFor(engine)), tableName).find(hash);
    const listed = await run(['list']);
    const revoked = await run(['revoke', 'shop']);
    const afterwards = await run(['list']);

    expect([made.code, listed.code, revoked.code]).toEqual([0, 0, 0]);
    expect(stored).toMatchObject({ name: 'shop', scope: 'events+contacts' });
    expect(listed.out).toContain(hash.slice(0, 12));
    expect(listed.out).not.toContain(key);
    expect(afterwards.out).toContain('no keys yet');
  });

  test('takes a key that a person brings', async () => {
    const made = await run(['create', '--name', 'own', '--scope', 'full', '--key', 'a-key-of-my-own-1']);

    expect(made).toMatchObject({ code: 0, error: '' });
    expect(made.out).toContain('a-key-of-my-own-1');
  });

  test('says what is wrong and fails', async () => {
    const unclear = await run(['create']);
    const unknown = await run(['revoke', 'nobody']);
    const nowhere = await run(['list'], { PORT: '1' });

    expect(unclear.code).toBe(2);
    expect(unclear.error).toContain('npm run key -- create');
    expect(unknown).toMatchObject({ code: 1, error: 'The key nobody was not found\n' });
    expect(nowhere.code).toBe(1);
    expect(nowhere.error).toContain('No local stack runs on port 1');
  });
});
