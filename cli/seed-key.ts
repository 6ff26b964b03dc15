import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { apiKeyStore } from '#aws/keys/api-key-store.ts';
import type { Scope } from '#names/access.ts';
import { environmentNames } from '#names/environment.ts';
import { type NewKey, newApiKey } from '#usecases/keys/create-api-key.ts';

/** Puts an API key into the table of a running local stack; one that is there already stays. */
export const seedKey = async (
  environment: Readonly<Record<string, string>>,
  key: string,
  about: Omit<SeededKey, 'hash'> = { name: 'local', scope: 'full' },
): Promise<void> => {
  const client = new DynamoDBClient({
    endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    region: environment.AWS_REGION ?? '',
    credentials: { accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'local' },
  });
  const tableName = environment[environmentNames.tableName] ?? '';
  const apiKeys = apiKeyStore(client, tableName);
  const hash = createHash('sha256').update(key).digest('hex');
  if (!(await apiKeys.find(hash))) await apiKeys.create(newApiKey({ hash, ...about }, new Date().toISOString()));
  client.destroy();
};

type SeededKey = NewKey & { readonly scope: Scope };
