import * as z from 'zod';
import type { Authority } from '../permission/authority.ts';
import type { Rights } from '../permission/grant.ts';
import { leftAside } from '../template/property.ts';
import type { TemplateReader } from '../template/read-resources.ts';
import type { ResourceType } from '../template/resource-type.ts';

const schema = z.strictObject({
  Protocol: z.enum(['sqs', 'email'], {
    error: ({ input }) => `no subscription by ${String(input)} runs, only by sqs and email`,
  }),
  TopicArn: z.string(),
  Endpoint: z.string(),
  RedrivePolicy: leftAside('the queue is near, and takes what it is sent'),
});

/** A queue that hears what is published to a topic, and by what rights it is sent that. */
export interface TopicQueuePlan {
  readonly topicArn: string;
  readonly queueArn: string;
  readonly rights: Rights;
}

/** `AWS::SNS::Subscription`, as far as it runs: queues hear; people hear of alarms alone, and alarms do not run. */
export const topicSubscriptionType = {
  type: 'AWS::SNS::Subscription',
  schema,
} satisfies ResourceType<typeof schema>;

/** The queues that hear of a topic. */
export const readTopicQueues = (reader: TemplateReader, authority: Authority): TopicQueuePlan[] =>
  reader
    .all(topicSubscriptionType)
    .flatMap(({ properties: { Protocol, TopicArn: topicArn, Endpoint: queueArn } }) =>
      Protocol === 'sqs' ? [{ topicArn, queueArn, rights: authority.ofService('sns.amazonaws.com') }] : [],
    );
