import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings, once, unlogged } from './connect.ts';

/** The one SQS client of a function. */
export const sqs = once(() => unlogged(new SQSClient(clientSettings)));
