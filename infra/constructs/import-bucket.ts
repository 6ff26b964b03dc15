import { type CfnElement, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import type { Deployment } from '../deployment.ts';
import { EmptiedBucket } from './emptied-bucket.ts';
import { referenceSeenFrom } from './reference-seen-from.ts';

/** What functions do to single objects. */
type ObjectAction = 'GetObject' | 'PutObject' | 'DeleteObject' | 'AbortMultipartUpload';

/** Rows of a request, in one object. */
const rowsOfRequests = 'imports/*/rows.ndjson';

/** Rows of a file, in an object a window. */
const rowsOfFiles = 'imports/*/rows/*';

const outcomes = 'imports/*/outcomes/*';

const formerContacts = 'imports/*/former/*';

const undoneRows = 'imports/*/undone/*';

const undoTrials = 'imports/*/undo-trials/*';

/** Files as callers' servers sent them, or callers themselves. */
const uploadedFiles = 'uploads/*/file';

/** What dry runs carry along. */
const overlays = 'predictions/*';

/** How long a file stays that was not read to its end, and the overlay of a dry run that crashed. */
const passingDays = 3;

/** The bucket of uploaded files, of rows, and of what became of them. */
export class ImportBucket extends Bucket {
  private readonly emptied: EmptiedBucket | undefined;

  constructor(scope: Construct, id: string, deployment: Deployment) {
    const { importRetentionDays, deletionProtection } = deployment.settings;
    const passing = Duration.days(Math.min(passingDays, importRetentionDays));
    super(scope, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      // Who may send a file has a signed address for it, whatever page sends it.
      cors: [{ allowedOrigins: ['*'], allowedMethods: [HttpMethods.PUT], allowedHeaders: ['*'], maxAge: 3600 }],
      lifecycleRules: [
        { id: 'retention', expiration: Duration.days(importRetentionDays) },
        // A file is deleted once it was read; what is left belongs to an import that failed.
        { id: 'uploaded-files', prefix: 'uploads/', expiration: passing },
        { id: 'dry-runs', prefix: 'predictions/', expiration: passing },
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.emptied = deletionProtection ? undefined : new EmptiedBucket(this, 'Emptied', { deployment, bucket: this });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Only the functions of this stack read and write it, and they log what they do by session.',
    });
  }

  /** Lets a function store the rows of a request, and gives it the bucket. */
  grantPutRows(fn: LambdaFunction): void {
    this.allow(fn, ['PutObject'], rowsOfRequests);
  }

  /** Lets a function store the rows of files, window by window, and gives it the bucket. */
  grantPutWindows(fn: LambdaFunction): void {
    this.allow(fn, ['PutObject'], rowsOfFiles);
  }

  /** Lets a function read the rows of an import as they came, and gives it the bucket. */
  grantReadRows(fn: LambdaFunction): void {
    this.allow(fn, ['GetObject'], rowsOfRequests);
    this.grantReadWindows(fn);
  }

  /** Lets a function read the rows of files as they came, and gives it the bucket. */
  grantReadWindows(fn: LambdaFunction): void {
    this.allow(fn, ['GetObject'], rowsOfFiles);
  }

  /** Lets a function store what became of rows, and gives it the bucket. */
  grantPutOutcomes(fn: LambdaFunction): void {
    this.allow(fn, ['PutObject'], outcomes);
  }

  /** Lets a function read what became of rows, and gives it the bucket. */
  grantReadOutcomes(fn: LambdaFunction): void {
    this.allow(fn, ['GetObject'], outcomes);
  }

  /** Lets a function overwrite rows and outcomes of every import, and gives it the bucket. */
  grantBlank(fn: LambdaFunction): void {
    for (const objects of [rowsOfRequests, rowsOfFiles, outcomes, formerContacts]) {
      this.allow(fn, ['GetObject', 'PutObject'], objects);
    }
    this.allowListing(fn, ['imports/*/outcomes/', 'imports/*/rows/', 'imports/*/former/']);
  }

  /** Lets a function keep contacts as they are before an import writes them, and gives it the bucket. */
  grantKeepFormer(fn: LambdaFunction): void {
    this.allow(fn, ['PutObject'], formerContacts);
  }

  /** Lets a function read what an import made of rows and of contacts, and store what undoing makes of them. */
  grantUndo(fn: LambdaFunction): void {
    for (const objects of [outcomes, formerContacts, rowsOfRequests, rowsOfFiles])
      this.allow(fn, ['GetObject'], objects);
    for (const objects of [undoneRows, undoTrials]) this.allow(fn, ['GetObject', 'PutObject'], objects);
    this.allowListing(fn, ['imports/*/former/*']);
  }

  /** Lets a function read what undoing made of rows, and gives it the bucket. */
  grantReadUndone(fn: LambdaFunction): void {
    for (const objects of [undoneRows, undoTrials]) this.allow(fn, ['GetObject'], objects);
  }

  private allowListing(fn: LambdaFunction, prefixes: readonly string[]): void {
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [this.bucketArn],
        conditions: { StringLike: { 's3:prefix': [...prefixes] } },
      }),
    );
  }

  /** Lets a function put the files of uploads into the bucket, in one piece or in parts, and gives it the bucket. */
  grantPutUploads(fn: LambdaFunction): void {
    this.allow(fn, ['PutObject'], uploadedFiles);
  }

  /** Lets a function take back the parts of a file that will not become one. */
  grantAbortUploads(fn: LambdaFunction): void {
    this.allow(fn, ['AbortMultipartUpload'], uploadedFiles);
  }

  /** Lets a function read the files of uploads, and gives it the bucket. */
  grantReadUploads(fn: LambdaFunction): void {
    this.allow(fn, ['GetObject'], uploadedFiles);
  }

  /** Lets a function read the files of uploads and remove them, and gives it the bucket. */
  grantTakeUploads(fn: LambdaFunction): void {
    this.allow(fn, ['GetObject', 'DeleteObject'], uploadedFiles);
  }

  /** Lets a function keep the overlays of dry runs, and gives it the bucket. */
  grantCarryOverlays(fn: LambdaFunction): void {
    this.allow(fn, ['GetObject', 'PutObject', 'DeleteObject'], overlays);
  }

  /** Tells a function where callers send files, and gives it no right. */
  passOrigin(fn: LambdaFunction): void {
    fn.addEnvironment(environmentNames.uploadOrigin, `https://${this.bucketRegionalDomainName}`);
  }

  private allow(fn: LambdaFunction, actions: readonly ObjectAction[], pattern: string): void {
    fn.addEnvironment(environmentNames.importBucketName, this.bucketName);
    if (this.emptied) fn.node.addDependency(this.emptied.resource);
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: actions.map((action) => `s3:${action}`),
        resources: [this.arnForObjects(pattern)],
      }),
    );
    const bucketArn = referenceSeenFrom(fn, this.node.defaultChild as CfnElement, 'Arn');
    Validations.of(fn.role ?? fn).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${bucketArn}>/${pattern}]`,
      reason: 'The id of an import is part of the key, so one object cannot be named beforehand.',
    });
  }
}
