/** A bound that AWS sets. */
export interface Quota {
  readonly limit: number;
  readonly unit: string;
  /** Where AWS says so. */
  readonly source: string;
}

const of = (limit: number, unit: string, source: string): Quota => ({
  limit,
  unit,
  source: `https://docs.aws.amazon.com/${source}`,
});

const gateway = 'apigateway/latest/developerguide/http-api-quotas.html';
const lambda = 'lambda/latest/dg/gettingstarted-limits.html';
const sqsMessages = 'AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html';
const mapping = 'lambda/latest/api/API_CreateEventSourceMapping.html';
const scaling =
  'AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-eventsourcemapping-scalingconfig.html';
const putEvents = 'eventbridge/latest/userguide/eb-putevent-size.html';
const dynamoDb = 'amazondynamodb/latest/developerguide/ServiceQuotas.html';
const constraints = 'amazondynamodb/latest/developerguide/Constraints.html';
const partitions = 'amazondynamodb/latest/developerguide/bp-partition-key-design.html';
const stepFunctions = 'step-functions/latest/dg/service-quotas.html';

/** What the local stack refuses as AWS does. The engines hold those of DynamoDB and SQS messages themselves. */
export const quotas = {
  gatewayTimeout: of(30_000, 'milliseconds that an integration may take', gateway),
  gatewayHead: of(10_240, 'bytes of the first line of a request and the values of its headers', gateway),
  gatewayBody: of(10 * 1024 * 1024, 'bytes of the body of a request', gateway),
  functionEvent: of(6 * 1024 * 1024, 'bytes of an event', lambda),
  functionAnswer: of(6_291_556, 'bytes of an answer', lambda),
  functionEnvironment: of(4 * 1024, 'bytes of the environment of a function, as JSON', lambda),
  functionTimeout: of(900, 'seconds that a function may run', lambda),
  newAccountFunctions: of(10, 'functions at once of a new account', 'lambda/latest/dg/lambda-concurrency.html'),
  messageBytes: of(1024 * 1024, 'bytes of a message of a queue', sqsMessages),
  messagesInBatch: of(10, 'messages in a batch', sqsMessages),
  batchBytes: of(1024 * 1024, 'bytes of a batch of messages', sqsMessages),
  visibility: of(43_200, 'seconds that a received message may be hidden', sqsMessages),
  delay: of(900, 'seconds that a message may be held back', sqsMessages),
  mappedBatch: of(10, 'messages that a function may get at once without a batching window', mapping),
  sourceLeast: of(2, 'functions at once at least, if an event source is bounded', scaling),
  sourceMost: of(1000, 'functions at once of an event source', scaling),
  eventsInRequest: of(10, 'events in a request', 'eventbridge/latest/APIReference/API_PutEvents.html'),
  eventBytes: of(256 * 1024, 'bytes of the events of a request', putEvents),
  itemBytes: of(400 * 1024, 'bytes of an item', constraints),
  pageBytes: of(1024 * 1024, 'bytes that a query reads at once', constraints),
  itemsInTransaction: of(100, 'items in a transaction', constraints),
  transactionBytes: of(4 * 1024 * 1024, 'bytes of a transaction', constraints),
  itemsInBatchWrite: of(25, 'items in a batch of writes', constraints),
  itemsInBatchRead: of(100, 'items in a batch of reads', constraints),
  partitionWrites: of(1000, 'write units a second of a partition key', partitions),
  partitionReads: of(3000, 'read units a second of a partition key', partitions),
  tableBatch: of(16 * 1024 * 1024, 'bytes that a batch reads at once', dynamoDb),
  historyEvents: of(25_000, 'events in the history of an execution', stepFunctions),
  executionInput: of(256 * 1024, 'bytes of the input of an execution', stepFunctions),
  partBytes: of(
    5 * 1024 * 1024,
    'bytes at least of a part that is not the last',
    'AmazonS3/latest/userguide/qfacts.html',
  ),
  mailsPerSecond: of(1, 'e-mails a second of a new account', 'ses/latest/dg/manage-sending-quotas.html'),
} as const satisfies Readonly<Record<string, Quota>>;
