import type { Item, ItemAccess } from './item-keys.ts';
import { type Body, entriesOf } from './partial-batch.ts';

/** What a request does to items that it names; what it finds by a query is not known before the answer. */
export const accessesOf = (operation: string, body: Body): ItemAccess[] => {
  const table = String(body.TableName ?? '');
  const single = (kind: ItemAccess['kind'], item: unknown) => [{ kind, table, item: item as Item }];
  if (operation === 'GetItem') return single('read', body.Key);
  if (operation === 'PutItem') return single('write', body.Item);
  if (operation === 'UpdateItem' || operation === 'DeleteItem') return single('write', body.Key);
  if (operation === 'TransactWriteItems') return transactionOf(body);
  return entriesOf(operation, body).map(
    (one) => ({ ...accessOfEntry[operation]?.(one.entry as Body), ...one }) as ItemAccess,
  );
};

const transactionOf = ({ TransactItems }: Body): ItemAccess[] =>
  (TransactItems as readonly Readonly<Record<string, Body>>[]).flatMap((one) =>
    Object.values(one).map((request) => ({
      kind: 'write' as const,
      table: String(request.TableName),
      item: (request.Item ?? request.Key) as Item,
    })),
  );

type PartOfAccess = Pick<ItemAccess, 'kind' | 'item'> & Partial<ItemAccess>;

const accessOfEntry: Readonly<Record<string, (entry: Body) => PartOfAccess>> = {
  BatchGetItem: (key) => ({ kind: 'read', item: key as Item }),
  BatchWriteItem: ({ PutRequest, DeleteRequest }) => ({
    kind: 'write',
    item: ((PutRequest as Body)?.Item ?? (DeleteRequest as Body)?.Key) as Item,
  }),
  BatchExecuteStatement: ({ Statement, Parameters }) => {
    const names = [...String(Statement).matchAll(/'([^']+)': \?/g)].map(([, name = '']) => name);
    const values = (Parameters ?? []) as readonly Item[string][];
    return { kind: 'write', item: Object.fromEntries(names.map((name, at) => [name, values[at] ?? {}])) };
  },
};
