import { DynamoDBClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import { environmentNames } from '#names/environment.ts';

/** Everything that the table and the bucket of a stack hold, as one text to search through. */
export const everythingIn = async (stack: LocalStack): Promise<string> =>
  [await itemsOf(stack), await objectsOf(stack)].join('\n');

const itemsOf = async ({ environment }: LocalStack): Promise<string> => {
  const client = new DynamoDBClient(settingsOf(environment, 'AWS_ENDPOINT_URL_DYNAMODB'));
  const TableName = environment[environmentNames.tableName];
  const items: string[] = [];
  let from: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page = await client.send(
      new ScanCommand({ TableName, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
    );
    items.push(...(page.Items ?? []).map((item) => JSON.stringify(item)));
    from = page.LastEvaluatedKey;
  } while (from);
  client.destroy();
  return items.join('\n');
};

const objectsOf = async ({ environment }: LocalStack): Promise<string> => {
  const client = new S3Client(settingsOf(environment, 'AWS_ENDPOINT_URL_S3'));
  const Bucket = environment[environmentNames.importBucketName];
  const { Contents = [], IsTruncated } = await client.send(new ListObjectsV2Command({ Bucket }));
  if (IsTruncated) throw new Error('The bucket holds more than one page of objects');
  const texts: string[] = [];
  for (const { Key } of Contents) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    texts.push(`${Key}\n${await Body?.transformToString()}`);
  }
  client.destroy();
  return texts.join('\n');
};

const settingsOf = (environment: LocalStack['environment'], endpointName: string) => ({
  region: environment.AWS_REGION ?? '',
  endpoint: environment[endpointName] ?? '',
  credentials: {
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
  },
});
