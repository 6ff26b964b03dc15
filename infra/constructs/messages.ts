import { CfnOutput, Stack, Validations } from 'aws-cdk-lib';
import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import type { Deployment } from '../deployment.ts';
import type { ContactStore } from './contact-store.ts';
import type { Counts } from './counts.ts';
import type { MailSender } from './mail-sender.ts';
import type { Monitoring } from './monitoring.ts';
import { QueueWithFunction } from './queue-with-function.ts';

/** What messages work with. */
export interface MessagesProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
  readonly mailSender: MailSender;
  /** The address at which people open the links of messages. */
  readonly publicUrl: string;
  readonly counts: Counts;
}

/** The queues of messages, the functions that send them, and the one that hears how they fare. */
export class Messages extends Construct {
  private readonly props: MessagesProps;
  private readonly messages: QueueWithFunction;
  private readonly segments: QueueWithFunction;

  constructor(scope: Construct, id: string, props: MessagesProps) {
    super(scope, id);
    this.props = props;
    this.messages = this.messagesOf(props);
    this.segments = this.segmentsOf(props);
    this.segments.grantQueueAgain();
    this.hear(this.deliveriesOf(props), props);
  }

  /** Lets a function accept messages and queue them, and gives it the queue and the senders. */
  grantSend(fn: LambdaFunction): void {
    this.props.store.grant(fn, 'acceptMessages');
    this.props.counts.grantTell(fn);
    this.props.store.grant(fn, 'noteUnfinished');
    fn.addEnvironment(environmentNames.defaultCountry, this.props.deployment.settings.defaultCountry);
    this.messages.grantSend(fn);
    this.passSenders(fn);
  }

  /** Lets a function queue messages that were accepted before. */
  grantQueueOnly(fn: LambdaFunction): void {
    this.messages.grantSend(fn);
    this.segments.grantSend(fn);
  }

  /** Tells a function who messages may come from. */
  passSenders(fn: LambdaFunction): void {
    const { mailSender, deployment } = this.props;
    mailSender.passAddresses(fn);
    fn.addEnvironment(environmentNames.smsSenders, JSON.stringify(deployment.settings.smsSenders));
  }

  /** Lets a function keep and queue messages to whole segments. */
  grantSendToSegment(fn: LambdaFunction): void {
    this.segments.grantSend(fn);
  }

  /** Lets a function hand messages over to the services that carry them. */
  private grantCarry(fn: LambdaFunction): void {
    const { mailSender, deployment, store, publicUrl } = this.props;
    mailSender.grantSend(fn, mailSender.addresses);
    this.passSenders(fn);
    store.grant(fn, 'seal');
    fn.addEnvironment(environmentNames.publicUrl, publicUrl);
    if (deployment.settings.smsSenders.length === 0) return;
    const arnOf = (resource: string) => Stack.of(this).formatArn({ service: 'sms-voice', resource, resourceName: '*' });
    const resources = ['phone-number', 'sender-id', 'pool'].map(arnOf);
    fn.addToRolePolicy(new PolicyStatement({ actions: ['sms-voice:SendTextMessage'], resources }));
    for (const kind of ['phone-number', 'sender-id', 'pool']) {
      Validations.of(fn.role ?? fn).acknowledge({
        id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:sms-voice:<AWS::Region>:<AWS::AccountId>:${kind}/*]`,
        reason: 'The setting smsSenders names numbers and sender ids as people write them, which no ARN contains.',
      });
    }
  }

  private messagesOf({ deployment, monitoring, store }: MessagesProps): QueueWithFunction {
    const messages = new QueueWithFunction(this, 'Queue', {
      deployment,
      monitoring,
      queueName: 'messages',
      functionName: 'send-message',
      description: 'Sends a message that was accepted, by e-mail or SMS',
      timeoutSeconds: 30,
      memoryMiB: 512,
      delivery: { batchSize: 1, maxReceiveCount: 8 },
      givenUp: {
        meaning: 'Messages that callers asked for were not sent, and stay QUEUED.',
        runbook: 'messages-are-not-sent',
      },
      late: {
        meaning: 'Messages that callers asked for wait to be sent.',
        runbook: 'messages-are-late',
        afterMinutes: 30,
      },
    });
    store.grant(messages.fn, 'sendMessages');
    this.grantCarry(messages.fn);
    return messages;
  }

  private segmentsOf({ deployment, monitoring, store }: MessagesProps): QueueWithFunction {
    const segments = new QueueWithFunction(this, 'Segments', {
      deployment,
      monitoring,
      queueName: 'segment-messages',
      functionName: 'send-to-segment',
      description: 'Sends a message to the next members of a segment',
      timeoutSeconds: 120,
      memoryMiB: 512,
      delivery: { batchSize: 1, maxReceiveCount: 8 },
      givenUp: {
        meaning: 'A message to a segment stopped: the rest of its contacts did not get it.',
        runbook: 'a-message-to-a-segment-stopped',
      },
      late: {
        meaning: 'A message to a segment is sent slowly, or not at all.',
        runbook: 'messages-to-segments-are-late',
        afterMinutes: 60,
      },
    });
    store.grant(segments.fn, 'sendToSegments');
    this.grantCarry(segments.fn);
    return segments;
  }

  private deliveriesOf({ deployment, monitoring, store, counts }: MessagesProps): QueueWithFunction {
    const deliveries = new QueueWithFunction(this, 'Deliveries', {
      deployment,
      monitoring,
      queueName: 'deliveries',
      functionName: 'note-delivery',
      description: 'Notes what became of messages, and suppresses addresses that bounce or complain',
      timeoutSeconds: 30,
      memoryMiB: 512,
      delivery: { batchSize: 10, batchWindowSeconds: 1, maxReceiveCount: 8 },
      givenUp: {
        meaning: 'Bounces and complaints were not noted: addresses that take no mail may be sent more of it.',
        runbook: 'deliveries-are-not-noted',
      },
      late: {
        meaning: 'The status of messages is behind, and so are addresses that bounced or complained.',
        runbook: 'deliveries-are-noted-late',
        afterMinutes: 30,
      },
    });
    store.grant(deliveries.fn, 'noteDeliveries');
    counts.grantTell(deliveries.fn);
    return deliveries;
  }

  /** Whatever is said of the messages of this stage; other stages may be in the same account. */
  private hear({ queue, deadLetterQueue }: QueueWithFunction, { mailSender, deployment }: MessagesProps): void {
    const listen = (id: string, description: string, eventPattern: EventPattern) =>
      new Rule(this, id, { description, eventPattern, targets: [new SqsQueue(queue, { deadLetterQueue })] });
    const { configurationSetName } = mailSender;
    listen('EmailEvents', 'What Amazon SES says of e-mails', {
      source: ['aws.ses'],
      detail: { mail: { tags: { 'ses:configuration-set': [configurationSetName] } } },
    });
    if (deployment.settings.smsSenders.length === 0) return;
    listen('SmsEvents', 'What AWS End User Messaging says of SMS', {
      source: ['aws.sms-voice'],
      detailType: ['Text Message Delivery Status Updated'],
      detail: { context: { sender: [configurationSetName] } },
    });
    this.smsReplies(deployment).addSubscription(new SqsSubscription(queue, { deadLetterQueue }));
  }

  /** Where AWS End User Messaging publishes what people answer, once a number of the account names it. */
  private smsReplies({ settings }: Deployment): Topic {
    const topic = new Topic(this, 'SmsReplies', { displayName: `Rollcall ${settings.stage} SMS`, enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        principals: [new ServicePrincipal('sms-voice.amazonaws.com')],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    Validations.of(topic).acknowledge({
      id: 'AwsSolutions-SNS2',
      reason: 'The topic keeps nothing, and AWS End User Messaging may use a key of the stage alone (customerKey).',
    });
    new CfnOutput(this, 'SmsRepliesTopicArn', {
      description: 'Numbers that SMS come from name it as their two-way channel, so that a STOP is heard',
      value: topic.topicArn,
    }).overrideLogicalId('SmsRepliesTopicArn');
    return topic;
  }
}
