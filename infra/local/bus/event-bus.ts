import * as z from 'zod';
import { localArn } from '../template/location.ts';
import { leftAside, tags } from '../template/property.ts';
import type { ResourceType } from '../template/resource-type.ts';

const schema = z.strictObject({
  Name: z.string(),
  Description: z.string().optional(),
  KmsKeyIdentifier: leftAside('data stays on this machine'),
  LogConfig: leftAside('there is no log delivery'),
  Policy: leftAside('nothing checks permissions'),
  DeadLetterConfig: leftAside('it is for schema-encryption faults, which cannot happen here'),
  Tags: tags,
});

/** `AWS::Events::EventBus`, as far as it runs. */
export const busType = {
  type: 'AWS::Events::EventBus',
  schema,
  attributes: { Arn: (name) => localArn('events', `event-bus/${name}`) },
} satisfies ResourceType<typeof schema>;
