import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import { table as names } from '#names/table.ts';
import type { Deployment } from '../deployment.ts';

type IndexName = typeof names.byGroup.indexName | typeof names.byTime.indexName;

/** The one table: contacts, identities, memberships, segments, imports, keys, fields and the event log. */
export class ContactStore extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { settings }: Deployment) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: names.partitionKey, type: AttributeType.STRING },
      sortKey: { name: names.sortKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: names.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: settings.deletionProtection,
      removalPolicy: settings.deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    for (const index of [names.byGroup, names.byTime]) {
      this.table.addGlobalSecondaryIndex({
        indexName: index.indexName,
        partitionKey: { name: index.partitionKey, type: AttributeType.STRING },
        sortKey: { name: index.sortKey, type: AttributeType.STRING },
        // Only memberships, events and imports carry index keys. All are below 1 KB, where an index entry costs one
        // write unit whatever it holds, so listing them never needs a second read.
        projectionType: ProjectionType.ALL,
      });
    }
  }

  /** Lets a function look API keys up and note their use, and tells it where. */
  grantAuthentication(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'UpdateItem']);
  }

  /** Lets a function read items by their keys, and tells it where. */
  grantRead(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'BatchGetItem', 'Query']);
  }

  /** Lets a function list through an index, and tells it where. */
  grantList(fn: LambdaFunction, indexName: IndexName): void {
    this.tell(fn);
    this.statement(fn, ['Query'], `${this.table.tableArn}/index/${indexName}`);
  }

  /** Lets a function create an import session with its chunks, and tells it where. */
  grantAcceptImports(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem']);
  }

  /** Lets a function define custom fields, and tells it where. */
  grantDefineFields(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem']);
  }

  /** Lets a function take a chunk through the write path of contacts, and tells it where. */
  grantImport(fn: LambdaFunction): void {
    this.allow(fn, [
      'GetItem',
      'BatchGetItem',
      'Query',
      'PutItem',
      'UpdateItem',
      'DeleteItem',
      'ConditionCheckItem',
      'BatchWriteItem',
      'PartiQLInsert',
    ]);
  }

  /** Lets a function end chunks and sessions, and tells it where. */
  grantEndImports(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'Query', 'PutItem', 'UpdateItem']);
  }

  /** Lets a function append to the event log, and tells it where. */
  grantAppendEvents(fn: LambdaFunction): void {
    this.allow(fn, ['PutItem', 'BatchWriteItem']);
  }

  private allow(fn: LambdaFunction, actions: readonly string[]): void {
    this.tell(fn);
    this.statement(fn, actions, this.table.tableArn);
  }

  private tell(fn: LambdaFunction): void {
    fn.addEnvironment(environmentNames.tableName, this.table.tableName);
  }

  private statement({ grantPrincipal }: IGrantable, actions: readonly string[], resource: string): void {
    grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: actions.map((action) => `dynamodb:${action}`), resources: [resource] }),
    );
  }
}
