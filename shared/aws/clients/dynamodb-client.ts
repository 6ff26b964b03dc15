import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { environmentNames } from '#names/environment.ts';
import { clientSettings, fromEnvironment, once, unlogged } from './connect.ts';

/** The one DynamoDB client of a function. */
export const dynamodb = once(() => unlogged(new DynamoDBClient(clientSettings)));

/** The table of this stage. */
export const tableName = (): string => fromEnvironment(environmentNames.tableName);
