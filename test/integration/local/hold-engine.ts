import { startDynamoDb } from '#infra/local/table/dynamodb.ts';

/* Holds an engine until it is killed; says the engine's port. */

const { endpoint } = await startDynamoDb({ dataDir: undefined, endpoint: undefined });
console.log(new URL(endpoint).port);
setInterval(() => {}, 60_000);
