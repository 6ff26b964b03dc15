import { DynamoDBClient, GetItemCommand, type GetItemCommandInput } from '@aws-sdk/client-dynamodb';

/** A function that reads one item and nothing else, beside which the loading of ours is measured. */
export const handler = (request: GetItemCommandInput) => new DynamoDBClient({}).send(new GetItemCommand(request));
