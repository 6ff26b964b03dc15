/** A JSON body. */
export type Body = Readonly<Record<string, unknown>>;

/** A batch of which a part is not done: what is still forwarded (`undefined`: nothing), and the answer about all of it. */
export interface PartialBatch {
  readonly forward: Body | undefined;
  merge(answer: Body): Body;
}

/** How DynamoDB answers for one entry of a batch of statements that it left undone. */
export interface StatementError {
  readonly Error: { readonly Code: string; readonly Message: string };
}

/** The entries of a batch by their tables: requests to write, keys to read, or statements; none for any other operation. */
export const entriesOf = (
  operation: string,
  body: Body,
): readonly { readonly table: string; readonly entry: object }[] => {
  if (operation === 'BatchExecuteStatement') {
    return listOf(body.Statements).map((entry) => ({ table: tableIn(recordOf(entry).Statement), entry }));
  }
  if (operation !== 'BatchWriteItem' && operation !== 'BatchGetItem') return [];
  return Object.entries(recordOf(body.RequestItems)).flatMap(([table, request]) =>
    entriesIn(operation, request).map((entry) => ({ table, entry })),
  );
};

/** Leaves entries of a batch undone, as DynamoDB does when it throttles. */
export const leaveUndone = (
  operation: string,
  body: Body,
  undone: ReadonlyMap<object, StatementError>,
): PartialBatch =>
  operation === 'BatchExecuteStatement' ? statementsWithout(body, undone) : itemsWithout(operation, body, undone);

const tableIn = (statement: unknown): string => /^INSERT INTO "([^"]+)"/.exec(String(statement))?.[1] ?? '';

const listOf = (value: unknown): object[] => (Array.isArray(value) ? value : []);

const recordOf = (value: unknown): Record<string, unknown> => ({ ...(value as object | undefined) });

const entriesIn = (operation: string, request: unknown): object[] =>
  listOf(operation === 'BatchGetItem' ? recordOf(request).Keys : request);

/** Where an answer names what was left undone. */
const undoneMembers: Readonly<Record<string, string>> = {
  BatchWriteItem: 'UnprocessedItems',
  BatchGetItem: 'UnprocessedKeys',
};

const itemsWithout = (operation: string, body: Body, undone: ReadonlyMap<object, unknown>): PartialBatch => {
  const requests = Object.entries(recordOf(body.RequestItems));
  const member = undoneMembers[operation] ?? '';
  const partOf = (request: unknown, belongs: (entry: object) => boolean, more: readonly object[] = []) => {
    const entries = [...more, ...entriesIn(operation, request).filter(belongs)];
    return operation === 'BatchGetItem' ? { ...recordOf(request), Keys: entries } : entries;
  };
  const some = (belongs: (entry: object) => boolean) =>
    requests.filter(([, request]) => entriesIn(operation, request).some(belongs));
  const isKept = (entry: object) => !undone.has(entry);
  const kept = some(isKept).map(([table, request]) => [table, partOf(request, isKept)]);

  return {
    forward: kept.length > 0 ? { ...body, RequestItems: Object.fromEntries(kept) } : undefined,
    merge: (answer) => {
      const already = recordOf(answer[member]);
      const left = some((entry) => undone.has(entry)).map(([table, request]) => {
        const before = entriesIn(operation, already[table]);
        return [table, partOf(request, (entry) => undone.has(entry), before)];
      });
      return {
        ...(operation === 'BatchGetItem' && { Responses: {} }),
        ...answer,
        [member]: { ...already, ...Object.fromEntries(left) },
      };
    },
  };
};

const statementsWithout = (body: Body, undone: ReadonlyMap<object, StatementError>): PartialBatch => {
  const statements = listOf(body.Statements);
  const kept = statements.filter((statement) => !undone.has(statement));
  return {
    forward: kept.length > 0 ? { ...body, Statements: kept } : undefined,
    merge: (answer) => {
      const answers = listOf(answer.Responses);
      return { ...answer, Responses: statements.map((statement) => undone.get(statement) ?? answers.shift()) };
    },
  };
};
