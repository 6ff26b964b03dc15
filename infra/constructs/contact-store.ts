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

/** What the table belongs to, and who watches it. */
export interface ContactStoreProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
}

/** The one table: contacts, identities, memberships, segments, imports, keys, fields and the event log. */
export class ContactStore extends Construct {
  readonly table: Table;
  private readonly settings: Settings;

  constructor(scope: Construct, id: string, { deployment: { settings }, monitoring }: ContactStoreProps) {
    super(scope, id);
    this.settings = settings;
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
        // Only memberships, segments, events and imports carry index keys. Nearly all are below 1 KB, where an index entry
        // costs one write unit whatever it holds, so listing them never needs a second read.
        projectionType: ProjectionType.ALL,
      });
    }
    this.table.addGlobalSecondaryIndex({
      indexName: names.directory.indexName,
      partitionKey: { name: names.directory.partitionKey, type: AttributeType.STRING },
      sortKey: { name: names.directory.sortKey, type: AttributeType.STRING },
      // A walk through all contacts reads every entry, so an entry holds what lists sort and filter by and no more.
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [...names.directory.holds],
    });
    monitoring.alarm('writes-throttled', {
      metric: this.table.metric('WriteThrottleEvents', { period: alarmPeriod, statistic: 'Sum' }),
      threshold: 1,
      periods: 3,
      failure: {
        meaning: 'The table takes fewer writes than imports ask for: they go on, but slowly.',
        runbook: 'writes-are-throttled',
      },
    });
  }

  /** Lets a function look API keys up, note and count their use, and nothing else of the table; tells it where. */
  grantAuthentication(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'UpdateItem'], within(names.apiKeyPartition, `${names.keyUsePrefix}*`));
  }

  /** Lets a function see whom it may ask to confirm an address, sign a link and note what was sent; tells it where. */
  grantAskForConfirmation(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'BatchGetItem', 'PutItem', 'DeleteItem']);
  }

  /** Lets a function see what a confirmation link would do, without any right to do it; tells it where. */
  grantShowConfirmation(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'BatchGetItem']);
  }

  /** Lets a function confirm the address of a contact with all that follows from it, and tells it where. */
  grantConfirm(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'BatchGetItem', 'BatchWriteItem', 'PartiQLInsert', 'PutItem', 'UpdateItem']);
  }

  /** Lets a function read one contact with its segments, and tells it where. */
  grantReadContact(fn: LambdaFunction): void {
    this.allow(fn, ['Query', 'BatchGetItem']);
  }

  /** Lets a function list contacts by the directory and read those of a page, and tells it where. */
  grantListContacts(fn: LambdaFunction): void {
    this.allow(fn, ['BatchGetItem']);
    this.allowIndex(fn, names.directory.indexName);
  }

  /** Lets a function search contacts and note how far a listing has come, and tells it where. */
  grantSearchContacts(fn: LambdaFunction): void {
    this.allow(fn, ['BatchGetItem', 'GetItem', 'PutItem']);
    this.allowIndex(fn, names.directory.indexName);
  }

  /** Lets a function read contacts and who owns an identity, and tells it where. */
  grantReadContacts(fn: LambdaFunction): void {
    this.allow(fn, ['BatchGetItem']);
  }

  /** Lets a function delete and erase contacts with their claims and memberships, and tells it where. */
  grantDeleteContacts(fn: LambdaFunction): void {
    this.allow(fn, ['Query', 'BatchGetItem', 'BatchWriteItem', 'PutItem', 'DeleteItem']);
  }

  /** Lets a function suppress addresses, and tells it where. */
  grantSuppress(fn: LambdaFunction): void {
    this.allow(fn, ['BatchGetItem', 'PartiQLInsert']);
  }

  /** Lets a function lift the suppression of addresses, and tells it where. */
  grantLiftSuppression(fn: LambdaFunction): void {
    this.allow(fn, ['BatchGetItem', 'BatchWriteItem']);
  }

  /** Lets a function wipe what erased contacts left in the table, and find the imports; tells it where. */
  grantEraseTraces(fn: LambdaFunction): void {
    this.allow(fn, ['Query', 'GetItem', 'BatchGetItem', 'BatchWriteItem', 'UpdateItem', 'DeleteItem']);
    this.allowIndex(fn, names.byTime.indexName);
    this.tellImportRetention(fn);
    this.tellEventRetention(fn);
    this.tellMessageRetention(fn);
  }

  /** Lets a function read custom fields, and tells it where. */
  grantReadFields(fn: LambdaFunction): void {
    this.allow(fn, ['Query']);
  }

  /** Lets a function define custom fields under new ids, and tells it where. */
  grantDefineFields(fn: LambdaFunction): void {
    this.allow(fn, ['Query', 'PutItem', 'UpdateItem']);
  }

  /** Lets a function read one import with its chunks, and tells it where. */
  grantReadImport(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'Query']);
    this.tellImportRetention(fn);
  }

  /** Lets a function list imports and read each, and tells it where. */
  grantListImports(fn: LambdaFunction): void {
    this.grantReadImport(fn);
    this.allowIndex(fn, names.byTime.indexName);
  }

  /** Lets a function create an import with its chunks, and tells it where. */
  grantAcceptImports(fn: LambdaFunction): void {
    this.allow(fn, ['Query', 'BatchWriteItem', 'UpdateItem']);
    this.tellImportRetention(fn);
  }

  /** Lets a function seal what must not be read on its way, and tells it where the key is. */
  grantSeal(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'PutItem'], within(names.signingKeyPartition));
  }

  /** Lets a function accept files to import, and tells it where. */
  grantAcceptUploads(fn: LambdaFunction): void {
    this.allow(fn, ['PutItem'], within(`${names.importPrefix}*`));
    this.allow(fn, ['Query'], within(names.fieldPartition));
    this.tellImportRetention(fn);
  }

  /**
   * Lets a function note how far the file of an import has come and end imports, and read what was sealed; nothing of
   * contacts. Tells it where.
   */
  grantFetchUploads(fn: LambdaFunction): void {
    const ofImports = within(`${names.importPrefix}*`);
    this.allow(fn, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'], ofImports);
    this.allow(fn, ['GetItem'], within(names.signingKeyPartition));
    this.tellImportRetention(fn);
  }

  /** Lets a function end imports whose file failed, and tells it where. */
  grantFailUploads(fn: LambdaFunction): void {
    const ofImports = within(`${names.importPrefix}*`);
    this.allow(fn, ['GetItem', 'Query', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'], ofImports);
    this.tellImportRetention(fn);
  }

  /** Lets a function cut the files of imports into chunks, and tells it where. */
  grantSplitUploads(fn: LambdaFunction): void {
    const ofImports = within(`${names.importPrefix}*`);
    this.allow(fn, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'], ofImports);
    this.allow(fn, ['Query'], within(names.fieldPartition));
    this.tellImportRetention(fn);
  }

  /** Lets a function read whatever an import would, and file what it would do; tells it where. */
  grantPredictImports(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'BatchGetItem', 'Query']);
    this.allow(fn, ['UpdateItem', 'DeleteItem'], within(`${names.importPrefix}*`));
    this.tellImportRetention(fn);
  }

  /** Lets a function note which file a caller may put into the bucket, and tells it where. */
  grantOfferUploads(fn: LambdaFunction): void {
    this.allow(fn, ['PutItem'], within(`${names.uploadPrefix}*`));
  }

  /** Lets a function look up which file a caller was to put into the bucket and whose import it is; tells it where. */
  grantFindUploads(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem'], within(`${names.uploadPrefix}*`, `${names.importPrefix}*`));
  }

  /** Lets a function take a chunk of an import through the write path of contacts to its end, and tells it where. */
  grantImport(fn: LambdaFunction): void {
    this.grantEndImports(fn);
    this.allow(fn, ['BatchGetItem', 'BatchWriteItem', 'PartiQLInsert', 'PutItem']);
  }

  /** Lets a function end chunks and sessions, and tells it where. */
  grantEndImports(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'Query', 'UpdateItem', 'DeleteItem']);
    this.tellImportRetention(fn);
  }

  /** Lets a function take contacts through the write path, one at a time, and tells it where. */
  grantWriteContacts(fn: LambdaFunction): void {
    const claimsAndContacts = ['BatchGetItem', 'PartiQLInsert', 'PutItem', 'DeleteItem', 'BatchWriteItem'];
    this.allow(fn, [...claimsAndContacts, 'UpdateItem', 'Query']);
  }

  /** Lets a function see whether subscribers were told, and put them into their segments; tells it where. */
  grantTellSubscriptions(fn: LambdaFunction): void {
    this.allow(fn, ['BatchGetItem', 'GetItem', 'BatchWriteItem']);
    this.tellEventRetention(fn);
  }

  /** Lets a function list segments and count their members, and tells it where. */
  grantListSegments(fn: LambdaFunction): void {
    this.allowIndex(fn, names.byGroup.indexName);
  }

  /** Lets a function list the members of a segment and note how far a listing has come, and tells it where. */
  grantListMembers(fn: LambdaFunction): void {
    this.allow(fn, ['BatchGetItem', 'GetItem', 'PutItem']);
    this.allowIndex(fn, names.byGroup.indexName);
    this.allowIndex(fn, names.directory.indexName);
  }

  /** Lets a function put contacts into segments and take them out, and tells it where. */
  grantFileContacts(fn: LambdaFunction): void {
    this.allow(fn, ['BatchGetItem', 'BatchWriteItem']);
  }

  /** Lets a function take all contacts out of a segment at once, and tells it where. */
  grantEmptySegments(fn: LambdaFunction): void {
    this.allow(fn, ['BatchGetItem', 'UpdateItem']);
  }

  /** Lets a function make segments, and tells it where. */
  grantMakeSegments(fn: LambdaFunction): void {
    this.allow(fn, ['BatchGetItem', 'PartiQLInsert', 'UpdateItem']);
  }

  /** Lets a function rename segments, remove them and bind them to categories, and tells it where. */
  grantChangeSegments(fn: LambdaFunction): void {
    this.allow(fn, ['BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem']);
  }

  /** Lets a function remove the memberships of an epoch that is over, and tells it where. */
  grantRemoveLeftovers(fn: LambdaFunction): void {
    this.grantFileContacts(fn);
    this.allowIndex(fn, names.byGroup.indexName);
  }

  /** Lets a function find recipients of messages, add those who are unknown, and keep messages; tells it where. */
  grantAcceptMessages(fn: LambdaFunction): void {
    this.grantWriteContacts(fn);
    this.tellMessageRetention(fn);
  }

  /** Lets a function read stored messages, and tells it where. */
  grantReadTemplates(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'Query']);
    this.tellMessageRetention(fn);
  }

  /** Lets a function make, replace and remove stored messages, and tells it where. */
  grantManageTemplates(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem']);
    this.tellMessageRetention(fn);
  }

  /** Lets a function read how messages fare, and tells it where. */
  grantReadMessages(fn: LambdaFunction): void {
    this.allow(fn, ['BatchGetItem']);
    this.tellMessageRetention(fn);
  }

  /** Lets a function read a message with all that it is about, and note how it fares; tells it where. */
  grantSendMessages(fn: LambdaFunction): void {
    this.allow(fn, ['BatchGetItem', 'GetItem', 'UpdateItem']);
    this.tellMessageRetention(fn);
  }

  /** Lets a function keep messages to members of a segment, and tells it where. */
  grantSendToSegments(fn: LambdaFunction): void {
    this.grantSendMessages(fn);
    this.allow(fn, ['BatchWriteItem', 'PartiQLInsert']);
    this.allowIndex(fn, names.byGroup.indexName);
  }

  /** Lets a function note how messages fare and suppress addresses, and tells it where. */
  grantNoteDeliveries(fn: LambdaFunction): void {
    this.grantSuppress(fn);
    this.allow(fn, ['UpdateItem', 'PutItem']);
    this.tellMessageRetention(fn);
  }

  /** Lets a function append to the event log and forget events about erased contacts, and tells it where. */
  grantAppendEvents(fn: LambdaFunction): void {
    this.allow(fn, ['Query', 'BatchGetItem', 'BatchWriteItem']);
    this.tellEventRetention(fn);
  }

  /** Lets a function list the event log, and tells it where. */
  grantListEvents(fn: LambdaFunction): void {
    this.allow(fn, ['Query']);
    this.allowIndex(fn, names.byGroup.indexName);
    this.allowIndex(fn, names.byTime.indexName);
    this.tellEventRetention(fn);
  }

  /** Lets a function delete past events of the log, and tells it where. */
  grantDeletePastEvents(fn: LambdaFunction): void {
    this.allow(fn, ['BatchWriteItem']);
    this.allowIndex(fn, names.byTime.indexName);
  }

  /** Lets a function define types of events, and tells it where. */
  grantDefineEventTypes(fn: LambdaFunction): void {
    this.allow(fn, ['BatchWriteItem']);
  }

  /** Lets a function remove definitions of types of events, and tells it where. */
  grantRemoveEventTypes(fn: LambdaFunction): void {
    this.allow(fn, ['DeleteItem']);
  }

  /** Lets a function list what workflows are bound to, and tells it where. */
  grantListWorkflows(fn: LambdaFunction): void {
    this.allow(fn, ['Query']);
  }

  /** Lets a function read workflows and the secrets of their webhooks, and tells it where. */
  grantReadWorkflows(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'BatchGetItem', 'PutItem']);
  }

  /** Lets a function store workflows and read them, and tells it where. */
  grantStoreWorkflows(fn: LambdaFunction): void {
    this.grantListWorkflows(fn);
    this.grantReadWorkflows(fn);
  }

  /** Lets a function remove workflows, and tells it where. */
  grantRemoveWorkflows(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem', 'BatchGetItem', 'UpdateItem']);
  }

  /** Lets a function list runs of workflows, and tells it where. */
  grantListRuns(fn: LambdaFunction): void {
    this.allow(fn, ['Query', 'BatchGetItem']);
    this.allowIndex(fn, names.byGroup.indexName);
    this.allowIndex(fn, names.byTime.indexName);
  }

  /** Lets a function read a run of a workflow, and tells it where. */
  grantReadRun(fn: LambdaFunction): void {
    this.allow(fn, ['GetItem']);
  }

  /** Lets a function begin runs and note events for those that wait for them, and tells it where. */
  grantLaunchWorkflows(fn: LambdaFunction): void {
    this.allow(fn, ['Query', 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'BatchWriteItem']);
  }

  /** Lets a function take the steps of runs with all that they do to contacts, and tells it where. */
  grantRunWorkflows(fn: LambdaFunction): void {
    this.grantWriteContacts(fn);
    this.allow(fn, ['GetItem']);
    this.tellImportRetention(fn);
  }

  private allow(
    fn: LambdaFunction,
    actions: readonly string[],
    conditions: PolicyStatementProps['conditions'] = {},
  ): void {
    fn.addEnvironment(environmentNames.tableName, this.table.tableName);
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [this.table.tableArn],
        conditions,
      }),
    );
  }

  private allowIndex(fn: LambdaFunction, indexName: string): void {
    fn.addEnvironment(environmentNames.tableName, this.table.tableName);
    fn.addToRolePolicy(
      new PolicyStatement({ actions: ['dynamodb:Query'], resources: [`${this.table.tableArn}/index/${indexName}`] }),
    );
  }

  private tellImportRetention(fn: LambdaFunction): void {
    fn.addEnvironment(environmentNames.importRetentionDays, String(this.settings.importRetentionDays));
  }

  private tellMessageRetention(fn: LambdaFunction): void {
    fn.addEnvironment(environmentNames.messageRetentionDays, String(this.settings.messageRetentionDays));
  }

  private tellEventRetention(fn: LambdaFunction): void {
    fn.addEnvironment(environmentNames.eventRetentionDays, String(this.settings.eventRetentionDays));
  }
}

/** Holds a right to some partitions of the table. */
const within = (...partitions: readonly string[]): NonNullable<PolicyStatementProps['conditions']> => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions },
});
