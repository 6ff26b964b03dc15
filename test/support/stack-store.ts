import { createHash } from 'node:crypto';
import { DynamoDBClient, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { contactStore } from '#aws/contacts/contact-store.ts';
import { fieldStore } from '#aws/fields/field-store.ts';
import { importFilesOn } from '#aws/imports/import-files.ts';
import { importStore } from '#aws/imports/import-store.ts';
import { apiKeyStore } from '#aws/keys/api-key-store.ts';
import { suppressionStore } from '#aws/subscriptions/suppression-store.ts';
import { fromItem, type Item, toKey } from '#aws/table/item.ts';
import { keys } from '#aws/table/keys.ts';
import type { Contact } from '#domain/contacts/contact.ts';
import type { Claim, Identity, IdentityType } from '#domain/contacts/identity.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import { environmentNames } from '#names/environment.ts';
import { importSettings } from '#test/support/imports/import-runs.ts';
import { acceptImport } from '#usecases/imports/accept-import.ts';

/** The table and the objects of a running stack, for what no request can do or see. */
export interface StackStore {
  /** Deletes a contact softly. */
  deleteContact(id: number): Promise<void>;
  /** Every claim and contact of the table, by a full scan. */
  holdings(): Promise<{ claims: Claim[]; contacts: Contact[] }>;
  /** Stores an API key that was last used on that day. */
  addKey(key: string, about: { scope: string; lastUsedAt?: string }): Promise<void>;
  revokeKey(key: string): Promise<boolean>;
  /** Why an address is suppressed; `undefined` where it is not. */
  suppressionOf(email: string): Promise<Suppression['reason'] | undefined>;
  /** Lets the minute pass for which an attempt to send a message holds it. */
  passMinuteOf(requestId: string): Promise<void>;
  /** Accepts an import an hour ago whose messages were lost, as its function died before it sent them. */
  acceptUnsent(rows: readonly ImportRow[]): Promise<string>;
  readRows(sessionId: string): Promise<string>;
  writeRows(sessionId: string, text: string): Promise<void>;
  close(): void;
}

/** Opens what a stack keeps, beside its functions. */
export const openStackStore = ({ environment }: LocalStack): StackStore => {
  const variable = (name: string): string => environment[name] ?? '';
  const settings = {
    region: variable('AWS_REGION'),
    credentials: {
      accessKeyId: variable('AWS_ACCESS_KEY_ID'),
      secretAccessKey: variable('AWS_SECRET_ACCESS_KEY'),
    },
  };
  const dynamodb = new DynamoDBClient({ ...settings, endpoint: variable('AWS_ENDPOINT_URL_DYNAMODB') });
  const s3 = new S3Client({ ...settings, endpoint: variable('AWS_ENDPOINT_URL_S3') });
  const tableName = variable(environmentNames.tableName);
  const apiKeys = apiKeyStore(dynamodb, tableName);
  const contacts = contactStore(dynamodb, tableName);
  const rowsOf = (sessionId: string) => ({
    Bucket: variable(environmentNames.importBucketName),
    Key: `imports/${sessionId}/rows.ndjson`,
  });

  return {
    deleteContact: async (id) => {
      const { contacts: found } = await contacts.readContacts([id], []);
      const writes = found.map((contact) => ({
        contact: { ...contact, state: 'deleted' as const, version: contact.version + 1 },
        expectedVersion: contact.version,
      }));
      const [isDone] = await contacts.replaceContacts(writes);
      if (!isDone) throw new Error(`Contact ${id} could not be deleted`);
    },

    holdings: async () => {
      const items = await scan(dynamodb, tableName);
      const isIdentity = (item: Item) => item.sk?.S === 'IDENTITY';
      return {
        claims: items.filter(isIdentity).map((item) => ({ ...fromItem<Claim>(item), identity: identityOf(item) })),
        contacts: items.filter((item) => item.sk?.S === 'CONTACT').map((item) => fromItem<Contact>(item)),
      };
    },

    addKey: (key, { scope, lastUsedAt = new Date().toISOString() }) =>
      apiKeys.create({ hash: hashOf(key), name: key, scope, createdAt: lastUsedAt, lastUsedAt }),

    revokeKey: (key) => apiKeys.revoke(hashOf(key)),

    suppressionOf: async (email) => (await suppressionStore(dynamodb, tableName).find([email]))[0]?.reason,

    passMinuteOf: async (requestId) => {
      const UpdateExpression = 'REMOVE heldUntil';
      const Key = toKey(keys.message(requestId));
      await dynamodb.send(new UpdateItemCommand({ TableName: tableName, Key, UpdateExpression }));
    },

    acceptUnsent: async (rows) => {
      const ports = {
        fields: fieldStore(dynamodb, tableName),
        imports: importStore(dynamodb, tableName, { retentionDays: 1 }),
        importFiles: importFilesOn(s3, variable(environmentNames.importBucketName)),
        chunkQueue: { send: async () => {} },
        now: () => new Date(Date.now() - 3_600_000).toISOString(),
        newId: () => crypto.randomUUID(),
      };
      return (await acceptImport(ports, { settings: importSettings(), rows })).sessionId;
    },

    readRows: async (sessionId) => {
      const { Body } = await s3.send(new GetObjectCommand(rowsOf(sessionId)));
      return (await Body?.transformToString()) ?? '';
    },

    writeRows: async (sessionId, text) => {
      await s3.send(new PutObjectCommand({ ...rowsOf(sessionId), Body: text }));
    },

    close: () => {
      dynamodb.destroy();
      s3.destroy();
    },
  };
};

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

const scan = async (client: DynamoDBClient, TableName: string): Promise<Item[]> => {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
};

const identityOf = ({ pk }: Item): Identity => {
  const [type = '', ...value] = (pk?.S ?? '').split('#');
  return { type: type as IdentityType, value: value.join('#') };
};
