import * as z from 'zod';
import { AwsCallFailed, callAws } from '../engine/call-aws.ts';
import { localArn } from '../template/location.ts';
import { boolean, leftAside, refused, tags } from '../template/property.ts';
import type { Resource, ResourceType } from '../template/resource-type.ts';
import type { KeyNames } from './key-names.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const index = z.strictObject({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.looseObject({}),
  OnDemandThroughput: leftAside('capacity is not metered'),
  WarmThroughput: leftAside('capacity is not metered'),
  ContributorInsightsSpecification: leftAside('there is no CloudWatch'),
});

const schema = z.strictObject({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(index).default([]),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string().optional(), Enabled: boolean }).optional(),
  StreamSpecification: refused('streams do not run: the engine slows down with every stream record'),
  BillingMode: leftAside('capacity is not metered'),
  ProvisionedThroughput: leftAside('capacity is not metered'),
  OnDemandThroughput: leftAside('capacity is not metered'),
  WarmThroughput: leftAside('capacity is not metered'),
  PointInTimeRecoverySpecification: leftAside('there are no backups'),
  DeletionProtectionEnabled: leftAside('nothing deletes tables'),
  ContributorInsightsSpecification: leftAside('there is no CloudWatch'),
  SSESpecification: leftAside('data stays on this machine'),
  TableClass: leftAside('storage costs nothing'),
  ResourcePolicy: leftAside('nothing checks permissions'),
  Tags: tags,
});

/** `AWS::DynamoDB::Table`, as far as it runs. */
export const tableType = {
  type: 'AWS::DynamoDB::Table',
  schema,
  attributes: { Arn: (name) => localArn('dynamodb', `table/${name}`) },
} satisfies ResourceType<typeof schema>;

/** A table to create. */
export type TablePlan = Resource<typeof schema>;

/** Creates a table; one that exists already is kept and gains the indexes it lacks. */
export const createTable = async (endpoint: string, { name, properties }: TablePlan): Promise<void> => {
  const call = (operation: string, body: object) =>
    callAws({ endpoint, target: `DynamoDB_20120810.${operation}`, body: { TableName: name, ...body } });
  const indexes = properties.GlobalSecondaryIndexes.map(indexDefinition);

  try {
    await call('CreateTable', {
      AttributeDefinitions: properties.AttributeDefinitions,
      KeySchema: properties.KeySchema,
      BillingMode: 'PAY_PER_REQUEST',
      ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    });
  } catch (error) {
    if (!(error instanceof AwsCallFailed && error.code === 'ResourceInUseException')) throw error;
    await addMissingIndexes(call, properties, indexes);
  }
  const ttl = properties.TimeToLiveSpecification;
  if (ttl?.AttributeName && ttl.Enabled) await enableTimeToLive(call, ttl.AttributeName);
};

/** The names of the keys of tables and their indexes. */
export const keyNamesOf = (tables: readonly TablePlan[]): KeyNames =>
  Object.fromEntries(
    tables.map(({ name, properties }) => {
      const schemas = [{ IndexName: '', KeySchema: properties.KeySchema }, ...properties.GlobalSecondaryIndexes];
      return [name, Object.fromEntries(schemas.map(({ IndexName, KeySchema }) => [IndexName, namesIn(KeySchema)]))];
    }),
  );

const namesIn = (schema: z.infer<typeof keySchema>) => {
  const nameOf = (type: string) => schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  const sort = nameOf('RANGE');
  return { partition: nameOf('HASH') ?? '', ...(sort !== undefined && { sort }) };
};

type TableCall = (operation: string, body: object) => Promise<unknown>;

const indexDefinition = ({ IndexName, KeySchema, Projection }: z.infer<typeof index>) => ({
  IndexName,
  KeySchema,
  Projection,
});

const tableDescription = z.object({
  Table: z.object({ GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string() })).optional() }),
});

const addMissingIndexes = async (
  call: TableCall,
  properties: TablePlan['properties'],
  indexes: readonly ReturnType<typeof indexDefinition>[],
): Promise<void> => {
  const { Table } = tableDescription.parse(await call('DescribeTable', {}));
  const existing = new Set(Table.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  for (const Create of indexes.filter(({ IndexName }) => !existing.has(IndexName))) {
    await call('UpdateTable', {
      AttributeDefinitions: properties.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [{ Create }],
    });
  }
};

const enableTimeToLive = async (call: TableCall, attributeName: string): Promise<void> => {
  const state = await call('DescribeTimeToLive', {});
  if (JSON.stringify(state).includes('"ENABLED"')) return;
  await call('UpdateTimeToLive', { TimeToLiveSpecification: { AttributeName: attributeName, Enabled: true } });
};
