import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import { table as names } from '#names/table.ts';
import type { Deployment } from '../deployment.ts';
import type { Settings } from '../settings.ts';
import { alarmPeriod, type Monitoring } from './monitoring.ts';
import { type StoreGrant, storeRights } from './store-rights.ts';

/** What the table belongs to, and who watches it. */
export interface ContactStoreProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
}

/** The one table: contacts, identities, memberships, segments, imports, keys, fields and the event log. */
export class ContactStore extends Construct {
  /** The stage's own, or the one that was restored in its place. */
  readonly table: Pick<
    Table,
    'tableName' | 'tableArn' | 'metric' | 'metricConsumedReadCapacityUnits' | 'metricConsumedWriteCapacityUnits'
  >;
  private readonly settings: Settings;

  constructor(scope: Construct, id: string, { deployment: { settings }, monitoring }: ContactStoreProps) {
    super(scope, id);
    this.settings = settings;
    const own = this.ownTable(settings);
    const { restoredTable } = settings;
    this.table = restoredTable === undefined ? own : Table.fromTableName(this, 'Restored', restoredTable);
    monitoring.alarm('writes-throttled', {
      metric: this.table.metric('WriteThrottleEvents', { period: alarmPeriod, statistic: 'Sum' }),
      threshold: 1,
      periods: 3,
      failure: {
        meaning: 'The table takes fewer writes than imports ask for: they continue, but slowly.',
        runbook: 'writes-are-throttled',
      },
    });
  }

  private ownTable(settings: Settings): Table {
    const warm = warmThroughputOf(settings);
    const table = new Table(this, 'Table', {
      partitionKey: { name: names.partitionKey, type: AttributeType.STRING },
      sortKey: { name: names.sortKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: names.timeToLive,
      ...warm,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: settings.deletionProtection,
      removalPolicy: settings.deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    for (const index of [names.byGroup, names.byTime]) {
      table.addGlobalSecondaryIndex({
        indexName: index.indexName,
        partitionKey: { name: index.partitionKey, type: AttributeType.STRING },
        sortKey: { name: index.sortKey, type: AttributeType.STRING },
        // Only memberships, segments, events and imports carry index keys. Nearly all are below 1 KB, and at that size
        // an index entry costs one write unit whatever it holds, so listing them never needs a second read.
        projectionType: ProjectionType.ALL,
        ...warm,
      });
    }
    table.addGlobalSecondaryIndex({
      indexName: names.directory.indexName,
      partitionKey: { name: names.directory.partitionKey, type: AttributeType.STRING },
      sortKey: { name: names.directory.sortKey, type: AttributeType.STRING },
      // A walk through all contacts reads every entry, so an entry holds what lists sort and filter by and no more.
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [...names.directory.holds],
      ...warm,
    });
    return table;
  }

  /** Lets a function do with the table what a row of its rights says, and gives it the table's name. */
  grant(fn: LambdaFunction, right: keyof typeof storeRights): void {
    fn.addEnvironment(environmentNames.tableName, this.table.tableName);
    for (const grant of storeRights[right]) this.grantOne(fn, grant);
  }

  private grantOne(fn: LambdaFunction, grant: StoreGrant): void {
    if ('setting' in grant) {
      fn.addEnvironment(environmentNames[grant.setting], String(this.settings[grant.setting]));
    } else if ('queriedIndex' in grant) {
      const resources = [`${this.table.tableArn}/index/${grant.queriedIndex}`];
      fn.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:Query'], resources }));
    } else {
      const actions = grant.actions.map((action) => `dynamodb:${action}`);
      const conditions = grant.partitions ? within(grant.partitions) : {};
      fn.addToRolePolicy(new PolicyStatement({ actions, resources: [this.table.tableArn], conditions }));
    }
  }
}

/** Holds a right to some partitions of the table. */
const within = (partitions: readonly string[]): NonNullable<PolicyStatementProps['conditions']> => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions },
});

/** A table and each of its indexes take writes by themselves, so each has to be warm. */
const warmThroughputOf = ({ warmThroughput }: Settings) =>
  warmThroughput && {
    warmThroughput: {
      readUnitsPerSecond: warmThroughput.readsPerSecond,
      writeUnitsPerSecond: warmThroughput.writesPerSecond,
    },
  };
