import * as z from 'zod';
import { location } from '../template/location.ts';
import { leftAside, tags } from '../template/property.ts';
import type { ResourceType } from '../template/resource-type.ts';
import { identityPolicy, trustPolicy } from './policy-document.ts';

const schema = z.strictObject({
  RoleName: z.string().optional(),
  Description: z.string().optional(),
  AssumeRolePolicyDocument: trustPolicy,
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: identityPolicy })).default([]),
  MaxSessionDuration: leftAside('sessions do not end'),
  Path: leftAside('it sorts roles'),
  Tags: tags,
});

/** The ARN of a role by its name. */
export const roleArn = (name: string): string => `arn:${location.partition}:iam::${location.accountId}:role/${name}`;

/** `AWS::IAM::Role` with policies of its own, as far as it runs. */
export const roleType = {
  type: 'AWS::IAM::Role',
  schema,
  attributes: { Arn: roleArn },
} satisfies ResourceType<typeof schema>;
