import type { KeyNames } from '../../table/key-names.ts';
import { type PartitionQuery, partitionIn } from '../../table/query-partition.ts';
import { localArn } from '../../template/location.ts';
import type { Call } from '../grant.ts';
import { type CallsOf, operationOf, unknownOperation } from './service-request.ts';

type Item = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface ItemRequest {
  readonly TableName: string;
  readonly Key?: Item;
  readonly Item?: Item;
}

interface QueryRequest extends PartitionQuery {
  readonly TableName: string;
  readonly IndexName?: string;
}

interface Operations {
  readonly GetItem: ItemRequest;
  readonly PutItem: ItemRequest;
  readonly UpdateItem: ItemRequest;
  readonly DeleteItem: ItemRequest;
  readonly Query: QueryRequest;
  readonly BatchGetItem: { readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly Item[] }>> };
  readonly BatchWriteItem: {
    readonly RequestItems: Readonly<
      Record<string, readonly { readonly PutRequest?: { Item: Item }; readonly DeleteRequest?: { Key: Item } }[]>
    >;
  };
  readonly TransactWriteItems: { readonly TransactItems: readonly Readonly<Record<string, ItemRequest>>[] };
  readonly BatchExecuteStatement: { readonly Statements: readonly { readonly Statement: string }[] };
}

/** What requests to DynamoDB ask for (service authorization reference, "Actions defined by Amazon DynamoDB"). */
export const dynamoDbCalls = (keys: KeyNames): CallsOf => {
  const call = (action: string, tableName: string, items: readonly (Item | undefined)[]): Call => {
    const partitionKey = keys[tableName]?.['']?.partition ?? '';
    return {
      action: `dynamodb:${action}`,
      resource: tableArn(tableName),
      context: { [leadingKeys]: items.flatMap((item) => (item ? textOf(item[partitionKey]) : [])) },
    };
  };
  const ofItem = (action: string) => (request: ItemRequest) => [
    call(action, request.TableName, [request.Key ?? request.Item]),
  ];
  const operations: { readonly [Name in keyof Operations]: (body: Operations[Name]) => readonly Call[] } = {
    GetItem: ofItem('GetItem'),
    PutItem: ofItem('PutItem'),
    UpdateItem: ofItem('UpdateItem'),
    DeleteItem: ofItem('DeleteItem'),
    Query: (request) => [queryCall(request, keys)],
    BatchGetItem: ({ RequestItems }) =>
      Object.entries(RequestItems).map(([table, { Keys }]) => call('BatchGetItem', table, Keys)),
    BatchWriteItem: ({ RequestItems }) =>
      Object.entries(RequestItems).map(([table, requests]) =>
        call(
          'BatchWriteItem',
          table,
          requests.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key),
        ),
      ),
    TransactWriteItems: ({ TransactItems }) =>
      TransactItems.flatMap((one) =>
        Object.entries(one).flatMap(([kind, request]) => ofItem(transactActions[kind] ?? kind)(request)),
      ),
    BatchExecuteStatement: ({ Statements }) => Statements.flatMap(({ Statement }) => statementCall(Statement)),
  };

  return (request) => {
    const operation = operationOf(request);
    const callsOf = operations[operation as keyof Operations];
    if (!callsOf) throw unknownOperation('DynamoDB', operation);
    return callsOf(JSON.parse(request.body));
  };
};

const leadingKeys = 'dynamodb:LeadingKeys';

const tableArn = (name: string): string => localArn('dynamodb', `table/${name.replace(/^.*:table\//, '')}`);

const transactActions: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
};

const textOf = (value: Readonly<Record<string, string>> | undefined): string[] => (value ? Object.values(value) : []);

const queryCall = (request: QueryRequest, keys: KeyNames): Call => {
  const { TableName, IndexName = '' } = request;
  const partition = partitionIn(request, keys[TableName]?.[IndexName]?.partition);
  const table = tableArn(TableName);
  return {
    action: 'dynamodb:Query',
    resource: IndexName === '' ? table : `${table}/index/${IndexName}`,
    context: { [leadingKeys]: textOf(partition) },
  };
};

const statementCall = (statement: string): Call => {
  const [, tableName] = /^INSERT INTO "([^"]+)"/i.exec(statement) ?? [];
  if (tableName === undefined) throw unknownOperation('DynamoDB', statement.slice(0, 40));
  return { action: 'dynamodb:PartiQLInsert', resource: tableArn(tableName) };
};
