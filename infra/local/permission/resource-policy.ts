import * as z from 'zod';
import { location } from '../template/location.ts';
import type { TemplateReader } from '../template/read-resources.ts';
import type { ResourceType } from '../template/resource-type.ts';
import type { Grant } from './grant.ts';
import { grantsOf, resourcePolicy } from './policy-document.ts';

const queueSchema = z.strictObject({ Queues: z.array(z.string()), PolicyDocument: resourcePolicy });
const bucketSchema = z.strictObject({ Bucket: z.string(), PolicyDocument: resourcePolicy });
const permissionSchema = z.strictObject({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

/** The resources that say who may do what to another one, as far as they run. */
export const resourcePolicyTypes = {
  queue: { type: 'AWS::SQS::QueuePolicy', schema: queueSchema } satisfies ResourceType<typeof queueSchema>,
  bucket: { type: 'AWS::S3::BucketPolicy', schema: bucketSchema } satisfies ResourceType<typeof bucketSchema>,
  permission: {
    type: 'AWS::Lambda::Permission',
    schema: permissionSchema,
  } satisfies ResourceType<typeof permissionSchema>,
} as const;

/** A grant that stands at a resource. */
export interface ResourceGrant {
  /** A service as `events.amazonaws.com`, an ARN, or `*`. */
  readonly principal: string;
  readonly grant: Grant;
}

/** What the resources of a template grant. */
export const readResourceGrants = (reader: TemplateReader): ResourceGrant[] => [
  ...[...reader.all(resourcePolicyTypes.queue), ...reader.all(resourcePolicyTypes.bucket)].flatMap(({ properties }) =>
    properties.PolicyDocument.Statement.flatMap((statement) =>
      grantsOf(statement).flatMap((grant) => statement.Principal.map((principal) => ({ principal, grant }))),
    ),
  ),
  ...reader.all(resourcePolicyTypes.permission).map(({ properties }) => ({
    principal: properties.Principal,
    grant: permissionGrant(properties),
  })),
];

const permissionGrant = ({
  Action,
  FunctionName,
  SourceArn,
  SourceAccount,
}: z.output<typeof permissionSchema>): Grant => {
  const conditions = [
    { operator: 'ArnLike', key: 'aws:SourceArn', values: SourceArn },
    { operator: 'StringEquals', key: 'aws:SourceAccount', values: SourceAccount },
  ];
  return {
    effect: 'Allow',
    action: Action,
    resource: FunctionName.startsWith('arn:')
      ? FunctionName
      : `arn:${location.partition}:lambda:${location.region}:${location.accountId}:function:${FunctionName}`,
    conditions: conditions.flatMap(({ values, ...condition }) =>
      values === undefined ? [] : { ...condition, values: [values] },
    ),
  };
};
