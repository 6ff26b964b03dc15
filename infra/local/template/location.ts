/**
 * The region and account that the local stack pretends to have. The account is the one that the queue engine puts into
 * its ARNs.
 */
export const location = {
  accountId: '000000000000',
  region: 'us-east-1',
  partition: 'aws',
} as const;

/** An ARN in the local account and region. */
export const localArn = (service: string, resource: string): string =>
  `arn:${location.partition}:${service}:${location.region}:${location.accountId}:${resource}`;
