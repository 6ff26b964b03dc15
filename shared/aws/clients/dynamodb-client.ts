import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { variable } from '#shared/environment.ts';
import { clientSettings, once, unlogged } from './connect.ts';

/** The one DynamoDB client of a function. */
export const dynamodb = once(() => unlogged(new DynamoDBClient(clientSettings)));

/** The table of this stage. */
export const tableName = /* @__PURE__ */ variable('tableName');
