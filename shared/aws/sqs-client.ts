import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings, once } from './connect.ts';

/** The one SQS client of a function. */
export const sqs = once(() => new SQSClient(clientSettings));
