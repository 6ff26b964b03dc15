import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { apiKeyStore } from '#aws/keys/api-key-store.ts';
import type { Scope } from '#names/access.ts';
import { environmentNames } from '#names/environment.ts';

/** Puts an API key into the table of a running local stack; one that is there already stays. */
export const seedKey = async (
  environment: Readonly<Record<string, string>>,
  key: string,
  { name, scope }: { readonly name: string; readonly scope: Scope } = { name: 'local', scope: 'full' },
): Promise<void> => {
  const client = new DynamoDBClient({
    endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    region: environment.AWS_REGION ?? '',
    credentials: { accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'local' },
  });
  const store = apiKeyStore(client, environment[environmentNames.tableName] ?? '');
  const hash = createHash('sha256').update(key).digest('hex');
  const now = new Date().toISOString();
  if (!(await store.find(hash))) await store.create({ hash, name, scope, createdAt: now, lastUsedAt: now });
  client.destroy();
};
