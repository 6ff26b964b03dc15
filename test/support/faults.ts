import type {
  BatchExecuteStatementCommandInput,
  BatchExecuteStatementCommandOutput,
  BatchGetItemCommandInput,
  BatchGetItemCommandOutput,
  BatchWriteItemCommandInput,
  ConsumedCapacity,
  DynamoDBClient,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-dynamodb';

/** What a client's requests cost. */
export interface Meter {
  requests: number;
  capacityUnits: number;
  reset(): void;
}

/** Counts the requests of a client and the capacity that they consume. */
export const meter = (client: DynamoDBClient): Meter => {
  const counted: Meter = {
    requests: 0,
    capacityUnits: 0,
    reset: () => Object.assign(counted, { requests: 0, capacityUnits: 0 }),
  };
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      const { ConsumedCapacity = [] } = result.output as { ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[] };
      counted.requests += 1;
      for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) counted.capacityUnits += CapacityUnits;
      return result;
    },
    { step: 'initialize', name: 'meter' },
  );
  return counted;
};

/** Loses the answers to the first requests of one kind: they are carried out, and the connection breaks. */
export const loseAnswers = (client: DynamoDBClient, commandName: string, count = 1): void => {
  let left = count;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      if (context.commandName !== commandName || left === 0) return result;
      left -= 1;
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    },
    { step: 'deserialize', name: `loseAnswers${commandName}` },
  );
};

/** Throttles requests, some share of all attempts, by a repeatable series. */
export const throttleAttempts = (client: DynamoDBClient, share: number): void => {
  let attempts = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      attempts += 1;
      if ((attempts * 0.618_034) % 1 >= share) return next(args);
      throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    },
    { step: 'deserialize', name: 'throttleAttempts' },
  );
};

/** Carries out only half of the entries of each batch and answers for the others as DynamoDB does when it throttles. */
export const halveBatches = (client: DynamoDBClient): void => {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === 'BatchWriteItemCommand') return halfOfWrites(next, args);
      if (context.commandName === 'BatchGetItemCommand') return halfOfReads(next, args);
      if (context.commandName === 'BatchExecuteStatementCommand') return halfOfStatements(next, args);
      return next(args);
    },
    { step: 'initialize', name: 'halveBatches' },
  );
};

interface Arguments {
  readonly input: ServiceInputTypes;
}
interface Result {
  readonly response: unknown;
  readonly output: ServiceOutputTypes;
}
type Next = (args: Arguments) => Promise<Result>;

const halfOfWrites = async (next: Next, { input }: Arguments): Promise<Result> => {
  const [[tableName, requests] = ['', []]] = Object.entries((input as BatchWriteItemCommandInput).RequestItems ?? {});
  const half = Math.ceil(requests.length / 2);
  const result = await next({ input: { ...input, RequestItems: { [tableName]: requests.slice(0, half) } } });
  const rest = requests.slice(half);
  return { ...result, output: { ...result.output, UnprocessedItems: rest.length > 0 ? { [tableName]: rest } : {} } };
};

const halfOfReads = async (next: Next, { input }: Arguments): Promise<Result> => {
  const [[tableName, request] = ['', { Keys: [] }]] = Object.entries(
    (input as BatchGetItemCommandInput).RequestItems ?? {},
  );
  const asked = request.Keys ?? [];
  const half = Math.ceil(asked.length / 2);
  const result = await next({
    input: {
      ...input,
      RequestItems: { [tableName]: { ...request, Keys: asked.slice(0, half) } },
    },
  });
  const rest: BatchGetItemCommandOutput['UnprocessedKeys'] =
    asked.length > half ? { [tableName]: { ...request, Keys: asked.slice(half) } } : {};
  return { ...result, output: { ...result.output, UnprocessedKeys: rest } };
};

const halfOfStatements = async (next: Next, { input }: Arguments): Promise<Result> => {
  const { Statements = [] } = input as BatchExecuteStatementCommandInput;
  const half = Math.ceil(Statements.length / 2);
  const result = await next({ input: { ...input, Statements: Statements.slice(0, half) } });
  const output = result.output as BatchExecuteStatementCommandOutput;
  const throttled = Statements.slice(half).map(() => ({ Error: { Code: 'ThrottlingError' as const } }));
  const answered: BatchExecuteStatementCommandOutput = {
    ...output,
    Responses: [...(output.Responses ?? []), ...throttled],
  };
  return { ...result, output: answered };
};
