import { type DynamoDBClient, GetItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { RunFilter, WorkflowRuns } from '#domain/workflows/ports.ts';
import { isOver, runProblem, type WorkflowRun } from '#domain/workflows/workflow-run.ts';
import { table } from '#names/table.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { inParallel } from '../clients/parallel.ts';
import { withRetry } from '../clients/retry.ts';
import { batchGet } from '../table/batch-get.ts';
import { batchWrite } from '../table/batch-write.ts';
import { conditionalWrite, type Obstacle } from '../table/conditional-write.ts';
import { fromItem, type Item, isExpired, type Key, keyOf, keyText, toItem, toKey } from '../table/item.ts';
import { indexKeys, keys, shards } from '../table/keys.ts';
import { newestFirst, type SortedList } from '../table/newest-first.ts';
import { itemsOfPartition } from '../table/query.ts';
import { revisedUpdate } from '../table/revised-update.ts';

/**
 * Runs in the table, an item each; what lists them never changes, so that it cannot be behind: an entry in the indexes,
 * and a pointer from the contact, or from the fingerprints of whom it may be about.
 */
export const workflowRunsOn = (client: DynamoDBClient, tableName: string, now = Date.now): WorkflowRuns => {
  const find = async (runId: string): Promise<WorkflowRun | undefined> => {
    const { Item } = await withRetry(() =>
      client.send(new GetItemCommand({ TableName: tableName, Key: toKey(keys.run(runId)), ConsistentRead: true })),
    );
    return Item && !isExpired(Item, now()) ? runOf(Item) : undefined;
  };
  const forgetOne = async (runId: string): Promise<void> => {
    for (let isForgotten = false; !isForgotten; ) {
      const run = await find(runId);
      isForgotten = !run || (await conditionalWrite(client, { update: blanking(tableName, run, now()) }, isBlank));
    }
  };
  const forgetBehind = async (pointers: readonly Item[]): Promise<void> => {
    await inParallel(pointers, (pointer) => forgetOne(fromItem<Pointer>(pointer).runId));
  };

  return {
    begin: async (run) => {
      let begun = run;
      await conditionalWrite(
        client,
        { put: { TableName: tableName, Item: runItem(run), ConditionExpression: 'attribute_not_exists(pk)' } },
        ({ existing }) => {
          if (existing) begun = runOf(existing);
          return true;
        },
      );
      return begun;
    },

    file: async (run, fingerprints = []) => {
      const pointer: Pointer = { runId: run.runId, since: run.startedAt };
      const whose = run.contactId === undefined ? fingerprints : [run.contactId];
      await batchWrite(client, tableName, {
        put: [
          toItem({ ...keys.runEntry(run.runId), ...indexKeys.run(run), ttl: expiry(run) }, { runId: run.runId }),
          ...whose.map((one) => toItem({ ...keys.runOf(one, run), ttl: expiry(run) }, pointer)),
        ],
      });
    },

    find,

    note: (run, expectedRevision) =>
      conditionalWrite(
        client,
        { update: noting(tableName, run, expectedRevision) },
        ({ existing, isRepeat }) =>
          isRepeat && existing?.revision?.N === String(run.revision) && existing.updatedAt?.S === run.updatedAt,
      ),

    list: async (filter, page) => {
      const { items, ...rest } = await newestFirst<Pointer>(client, tableName, listOf(filter), page);
      const found = await batchGet(
        client,
        tableName,
        items.map(({ runId }) => keys.run(runId)),
        { isConsistent: false },
      );
      const runs = items.flatMap(({ runId }) => {
        const item = found.get(keyText(toKey(keys.run(runId))));
        return item ? [runOf(item)] : [];
      });
      return { ...rest, items: runs.filter((run) => suits(run, filter)) };
    },

    forget: async (contactId) => {
      const [runs, launches, awaited] = await inParallel(
        [keys.runsOf(contactId), keys.launchesOf(contactId), keys.awaitedBy(contactId)],
        (partition) => itemsOfPartition(client, tableName, partition),
      );
      await forgetBehind(runs ?? []);
      const claims = (launches ?? []).map((item) => fromItem<{ claim: Key }>(item).claim);
      await batchWrite(client, tableName, { remove: [...claims, ...(awaited ?? []).map(keyOf)].map(toKey) });
      // What points to a claim goes after it, so that a repeat still finds what a dying function left.
      await batchWrite(client, tableName, { remove: (launches ?? []).map(keyOf).map(toKey) });
    },

    forgetUnknown: async (fingerprints, until) => {
      const found = await inParallel(fingerprints, (one) => itemsOfPartition(client, tableName, keys.runsOf(one)));
      await forgetBehind(found.flat().filter((item) => fromItem<Pointer>(item).since <= until));
    },
  };
};

/** The runs of this stage. */
export const workflowRuns: WorkflowRuns = /* @__PURE__ */ lazily(() => workflowRunsOn(dynamodb(), liveTableName()));

/** What points to a run. */
interface Pointer {
  readonly runId: string;
  /** When it began. */
  readonly since: string;
}

/** Params as text: whatever JSON can hold is more than an attribute can. */
type StoredRun = Omit<WorkflowRun, 'event'> & Omit<WorkflowRun['event'], 'params'> & { readonly params: string };

const runItem = ({ event: { params, ...event }, ...run }: WorkflowRun): Item =>
  toItem({ ...keys.run(run.runId), ttl: expiry(run) }, { ...run, ...event, params: JSON.stringify(params) });

const runOf = (item: Item): WorkflowRun => {
  const { eventId, eventTypeKey, keyValue, params, occurredAt, ...run } = fromItem<StoredRun>(item);
  const event = { eventId, eventTypeKey, params: JSON.parse(params), occurredAt };
  return { ...run, event: keyValue === undefined ? event : { ...event, keyValue } };
};

const expiry = ({ expiresAt }: Pick<WorkflowRun, 'expiresAt'>): number => Math.ceil(Date.parse(expiresAt) / 1000);

/** How far a run has come; what its event said is never written again, so that it cannot come back once it is forgotten. */
const noting = (tableName: string, run: WorkflowRun, expectedRevision: number): UpdateItemCommandInput => {
  const { state, cursor, steps, updatedAt, revision, contactId, finishedAt, problem } = run;
  return revisedUpdate(tableName, {
    key: keys.run(run.runId),
    set: { state, cursor, steps, updatedAt, revision, contactId, finishedAt, problem },
    expectedRevision,
  });
};

const forgotten = JSON.stringify({});

const blanking = (tableName: string, run: WorkflowRun, now: number): UpdateItemCommandInput => {
  const at = new Date(now).toISOString();
  const end = { state: 'stopped', problem: runProblem('CONTACT_ERASED'), finishedAt: at };
  return revisedUpdate(tableName, {
    key: keys.run(run.runId),
    set: { params: forgotten, updatedAt: at, revision: run.revision + 1, ...(!isOver(run) && end) },
    remove: ['keyValue'],
    expectedRevision: run.revision,
  });
};

const isBlank = ({ existing }: Obstacle): boolean =>
  existing?.params?.S === forgotten && existing.keyValue === undefined && existing.state?.S === 'stopped';

const listOf = ({ workflowId, contactId }: RunFilter): SortedList => {
  if (contactId !== undefined) {
    return { partitionKey: table.partitionKey, sortKey: table.sortKey, partitions: [keys.runsOf(contactId)] };
  }
  if (workflowId !== undefined) {
    return { ...table.byGroup, partitions: shards.map((shard) => indexKeys.runsOfWorkflow(workflowId, shard)) };
  }
  return { ...table.byTime, partitions: shards.map(indexKeys.runs) };
};

const suits = (run: WorkflowRun, { workflowId, state }: RunFilter): boolean =>
  (workflowId === undefined || run.workflowId === workflowId) && (state === undefined || run.state === state);
