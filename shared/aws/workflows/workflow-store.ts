import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { WorkflowStore } from '#domain/workflows/ports.ts';
import { firstSecretNumber } from '#domain/workflows/webhook.ts';
import {
  awaitedTypes,
  longestSeconds,
  type Workflow,
  type WorkflowBinding,
  type WorkflowDefinition,
} from '#domain/workflows/workflow.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { withRetry } from '../clients/retry.ts';
import { batchGet } from '../table/batch-get.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { fromItem, keyText, toItem, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { itemsOfPartition } from '../table/query.ts';
import { transactWrite } from '../table/transaction.ts';

/**
 * What is stored of a workflow beside its versions; of a removed one only its name goes, so that its numbers continue.
 */
type StoredBinding = Omit<WorkflowBinding, 'webhookSecretNumber'> & {
  readonly isDeleted?: true;
  /** Absent: it has its first one. */
  readonly webhookSecretNumber?: number;
};

/**
 * Workflows in one partition, each a small item that says what it is bound to, and their versions in partitions of their
 * own, as text: a change writes both or neither.
 */
export const workflowStoreOn = (client: DynamoDBClient, TableName: string): WorkflowStore => {
  const readBinding = async (id: string): Promise<StoredBinding | undefined> => {
    const { Item } = await withRetry(() =>
      client.send(new GetItemCommand({ TableName, Key: toKey(keys.workflow(id)), ConsistentRead: true })),
    );
    return Item && fromItem<StoredBinding>(Item);
  };
  const readWithVersion = async (id: string, version: number) => {
    const found = await batchGet(client, TableName, [keys.workflow(id), keys.workflowVersion(id, version)]);
    const [binding, stored] = [keys.workflow(id), keys.workflowVersion(id, version)].map((key) =>
      found.get(keyText(toKey(key))),
    );
    return {
      binding: binding && fromItem<StoredBinding>(binding),
      definition: stored && definitionOf(fromItem<StoredVersion>(stored)),
    };
  };

  return {
    bindings: async () => {
      const items = await itemsOfPartition(client, TableName, keys.workflowPartition);
      const stored = items.map((item) => fromItem<StoredBinding>(item)).filter(({ isDeleted }) => !isDeleted);
      return stored.map((binding) => ({ ...binding, webhookSecretNumber: secretNumberOf(binding) }));
    },

    find: async (id) => {
      const current = await readBinding(id);
      if (!current || current.isDeleted) return undefined;
      const { binding, definition } = await readWithVersion(id, current.version);
      if (!binding || !definition || binding.isDeleted) return undefined;
      const { isEnabled, version, revision, createdAt, updatedAt } = current;
      const webhookSecretNumber = secretNumberOf(current);
      return { ...definition, id, isEnabled, webhookSecretNumber, version, revision, createdAt, updatedAt };
    },

    findVersion: async (id, version) => {
      const { binding, definition } = await readWithVersion(id, version);
      if (!definition) return undefined;
      const isDeleted = binding?.isDeleted ?? binding === undefined;
      return { definition, isDeleted, webhookSecretNumber: secretNumberOf(binding) };
    },

    lastVersion: async (id) => {
      const { version = 0, revision = 0 } = (await readBinding(id)) ?? {};
      return { version, revision };
    },

    save: async (workflow, expectedRevision) => {
      const before = await readBinding(workflow.id);
      if ((before?.revision ?? 0) !== expectedRevision) return false;
      return transactWrite(client, [
        {
          Put: {
            TableName,
            Item: toItem(keys.workflow(workflow.id), bindingOf(workflow, before?.awaits ?? [])),
            ...ifRevisionIs(expectedRevision),
          },
        },
        { Put: { TableName, Item: versionItem(workflow) } },
      ]);
    },

    remove: async ({ id, revision }) =>
      conditionalWrite(
        client,
        {
          update: {
            TableName,
            Key: toKey(keys.workflow(id)),
            UpdateExpression: 'SET isDeleted = :yes, revision = :next',
            ConditionExpression: 'revision = :revision',
            ExpressionAttributeValues: toValues({ ':yes': true, ':revision': revision, ':next': revision + 1 }),
          },
        },
        ({ existing, isRepeat }) =>
          isRepeat && existing?.isDeleted?.BOOL === true && existing.revision?.N === String(revision + 1),
      ),
  };
};

/** The workflows of this stage. */
export const workflows: WorkflowStore = /* @__PURE__ */ lazily(() => workflowStoreOn(dynamodb(), liveTableName()));

const secretNumberOf = (binding: StoredBinding | undefined): number =>
  binding?.webhookSecretNumber ?? firstSecretNumber;

const ifRevisionIs = (revision: number) =>
  revision === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'revision = :revision', ExpressionAttributeValues: toValues({ ':revision': revision }) };

const bindingOf = ({ steps, ...workflow }: Workflow, awaitedBefore: readonly string[]): StoredBinding => ({
  ...workflow,
  awaits: [...new Set([...awaitedBefore, ...awaitedTypes(steps)])],
  longestSeconds: longestSeconds(steps),
});

/** The definition as text: it is read as a whole or not at all. */
interface StoredVersion {
  readonly version: number;
  readonly definition: string;
}

const versionItem = ({ id, version, name, eventTypeKey, uniqueness, steps }: Workflow) => {
  const definition: WorkflowDefinition = { name, eventTypeKey, uniqueness, steps };
  return toItem(keys.workflowVersion(id, version), { version, definition: JSON.stringify(definition) });
};

const definitionOf = ({ definition }: StoredVersion): WorkflowDefinition => JSON.parse(definition);
