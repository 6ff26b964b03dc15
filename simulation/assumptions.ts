/**
 * What AWS does not promise, and this simulation has to assume. Every number can be argued about. The seed spreads times around them.
 */
export const assumptions = {
  itemMilliseconds: {
    value: 5,
    unit: 'ms for a call about one item',
    why: 'AWS speaks of single-digit milliseconds',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html',
  },
  batchMilliseconds: {
    value: 12,
    unit: 'ms for a call about a batch of items',
    why: 'a batch waits for its slowest item',
  },
  transactionMilliseconds: { value: 15, unit: 'ms for a transaction', why: 'it takes two rounds' },
  objectMilliseconds: {
    value: 60,
    unit: 'ms to read or write an object',
    why: 'AWS speaks of 100 to 200 ms for small objects at the least, and of less for objects that are read soon after',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html',
  },
  queueMilliseconds: { value: 15, unit: 'ms to send to a queue', why: 'AWS speaks of tens of milliseconds' },
  eventMilliseconds: { value: 25, unit: 'ms to put events on the bus', why: 'it is stored in several zones first' },
  mailMilliseconds: { value: 80, unit: 'ms to hand an e-mail to Amazon SES', why: 'it is checked and stored first' },
  busMilliseconds: { value: 500, unit: 'ms from the bus to a target', why: 'AWS speaks of about half a second' },
  environmentMilliseconds: {
    value: 150,
    unit: 'ms to make an environment, beside loading the code',
    why: 'AWS speaks of under 100 ms to over a second in all',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html',
  },
  processorFactor: {
    value: 1,
    unit: 'times the measured processor time',
    why: 'a processor of AWS Lambda counts as fast as one of the machine that measured',
  },
  splitMinutes: {
    value: 10,
    unit: 'minutes until a partition that is at its limit is split',
    why: 'the tests of AWS begin to grow after about that long',
    source:
      'https://aws.amazon.com/blogs/database/part-3-scaling-dynamodb-how-partitions-hot-keys-and-split-for-heat-impact-performance/',
  },
  mailsPerSecond: {
    value: 14,
    unit: 'e-mails a second of an account out of the sandbox',
    why: 'AWS gives each account its own; this is what many were given',
    source: 'https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas.html',
  },
  mailsPerDay: {
    value: 50_000,
    unit: 'e-mails in 24 hours of an account out of the sandbox',
    why: 'the same',
    source: 'https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas.html',
  },
} as const;
