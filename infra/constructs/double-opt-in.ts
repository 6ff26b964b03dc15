import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import { eventSource } from '#names/events.ts';
import type { Deployment } from '../deployment.ts';
import { passAppearance } from '../pass-appearance.ts';
import type { Settings } from '../settings.ts';
import type { ContactStore } from './contact-store.ts';
import type { Counts } from './counts.ts';
import type { EventBus } from './event-bus.ts';
import type { MailSender } from './mail-sender.ts';
import type { Monitoring } from './monitoring.ts';
import { QueueWithFunction } from './queue-with-function.ts';

/** What double opt-in works with. */
export interface DoubleOptInProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
  readonly bus: EventBus;
  readonly mailSender: MailSender;
  /** The address at which people open the links of messages. */
  readonly publicUrl: string;
  readonly counts: Counts;
}

/** What a function needs that asks people to confirm an address. */
export type AskParts = Pick<DoubleOptInProps, 'store' | 'mailSender' | 'publicUrl' | 'counts'> & {
  readonly settings: Settings;
};

/**
 * Gives a function the settings for asking a contact to confirm its address, and lets it do so on a stage that asks at all:
 * elsewhere it still starts, to answer that nobody is asked.
 */
export const grantAsk = (fn: LambdaFunction, { settings, store, mailSender, publicUrl, counts }: AskParts): void => {
  counts.grantTell(fn);
  if (settings.doubleOptIn) store.grant(fn, 'askForConfirmation');
  fn.addEnvironment(environmentNames.publicUrl, publicUrl);
  fn.addEnvironment(environmentNames.confirmationLinkDays, String(settings.confirmationLinkDays));
  passAppearance(fn, settings, 'confirmationMessage');
  fn.addEnvironment(environmentNames.redirectUrls, JSON.stringify(settings.redirectUrls));
  mailSender.grantSend(fn, settings.doubleOptIn ? undefined : []);
};

/** Asks new subscribers to confirm their address: hears of subscriptions on the bus and sends through Amazon SES. */
export class DoubleOptIn extends Construct {
  private readonly props: DoubleOptInProps;

  constructor(scope: Construct, id: string, props: DoubleOptInProps) {
    super(scope, id);
    this.props = props;
    this.listen(this.consumerOf(props), props.bus);
  }

  private consumerOf({ deployment, monitoring, mailSender }: DoubleOptInProps): QueueWithFunction {
    const consumer = new QueueWithFunction(this, 'Confirmations', {
      deployment,
      monitoring,
      queueName: 'confirmations',
      functionName: 'send-confirmation',
      description: 'Asks new subscribers to confirm the address',
      timeoutSeconds: 30,
      memoryMiB: 512,
      // Without a sender, subscriptions wait for one as long as the queue keeps them: 14 days.
      delivery: { batchSize: 1, maxReceiveCount: 8, isPaused: mailSender.addresses.length === 0 },
      givenUp: {
        meaning: 'People who subscribed were not asked to confirm their address, and stay unconfirmed.',
        runbook: 'confirmations-are-not-sent',
      },
      late: {
        meaning: 'People who subscribed wait for the message that asks them to confirm.',
        runbook: 'confirmations-are-late',
        afterMinutes: 30,
      },
    });
    grantAsk(consumer.fn, { ...this.props, settings: deployment.settings });
    return consumer;
  }

  /**
   * Every form type has an event type of its own, and an import may name one that begins alike. An event that a caller
   * raised under such a name is no subscription: no contact was stored, and no person has asked to be written to.
   */
  private listen({ queue, deadLetterQueue }: QueueWithFunction, { bus }: EventBus): void {
    const names = ['subscribeFromApi', 'subscribeUpdateFromApi'];
    new Rule(this, 'Subscriptions', {
      eventBus: bus,
      description: 'Subscriptions, to be confirmed',
      eventPattern: {
        source: [eventSource],
        detailType: Match.anyOf(...names, ...names.map((name) => Match.prefix(`${name}-`))),
        detail: { origin: Match.doesNotExist() },
      },
      targets: [new SqsQueue(queue, { deadLetterQueue })],
    });
  }
}
