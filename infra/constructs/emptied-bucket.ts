import { type CfnElement, CustomResource, Tags, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { emptiedWithStack } from '#names/bucket.ts';
import { environmentNames } from '#names/environment.ts';
import type { Deployment } from '../deployment.ts';
import { NodeFunction } from './node-function.ts';
import { referenceSeenFrom } from './reference-seen-from.ts';

/** Which bucket goes with its stack. */
export interface EmptiedBucketProps {
  readonly deployment: Deployment;
  readonly bucket: Bucket;
}

/**
 * Empties a bucket when its stack is deleted, as CloudFormation deletes empty buckets only. Whatever writes to the bucket has
 * to depend on this, so that it is gone by then. This resource is deleted, too, when the stage becomes a protected one; the
 * bucket has lost its tag by then, and keeps its objects. CDK's own function for this leaves a log group behind.
 */
export class EmptiedBucket extends Construct {
  /** What writers to the bucket depend on. */
  readonly resource: CustomResource;

  constructor(scope: Construct, id: string, { deployment, bucket }: EmptiedBucketProps) {
    super(scope, id);
    const fn = new NodeFunction(this, 'Function', {
      deployment,
      name: 'empty-bucket',
      description: 'Empties the bucket when the stack is deleted',
      timeoutSeconds: 900,
      memoryMiB: 512,
    });
    fn.addEnvironment(environmentNames.importBucketName, bucket.bucketName);
    fn.addToRolePolicy(
      new PolicyStatement({ actions: ['s3:ListBucket', 's3:GetBucketTagging'], resources: [bucket.bucketArn] }),
    );
    fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:DeleteObject'], resources: [bucket.arnForObjects('*')] }));
    const bucketArn = referenceSeenFrom(fn, bucket.node.defaultChild as CfnElement, 'Arn');
    Validations.of(fn.role ?? fn).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${bucketArn}>/*]`,
      reason: 'The bucket goes with the stack and everything in it, whatever its keys are.',
    });
    Tags.of(bucket).add(emptiedWithStack, 'true', { includeResourceTypes: ['AWS::S3::Bucket'] });
    this.resource = new CustomResource(this, 'Resource', {
      serviceToken: fn.functionArn,
      resourceType: 'Custom::EmptyBucket',
    });
  }
}
