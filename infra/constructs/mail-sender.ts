import { Stack, Validations } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import type { Settings } from '../settings.ts';

/** Who messages come from: the addresses, and the configuration set whose events tell how e-mails fare. */
export class MailSender extends Construct {
  /** The address that messages come from where nothing else is asked. */
  readonly address: string;
  /** Every address that they may come from, `address` first. */
  readonly addresses: readonly string[];
  readonly configurationSetName: string;
  private readonly settings: Settings;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.settings = settings;
    this.address = settings.senderAddress ?? settings.accountEmail;
    this.addresses = [...new Set([this.address, ...settings.senderAddresses])];
    const configurationSet = new ConfigurationSet(this, 'Messages', {
      configurationSetName: `rollcall-${settings.stage}`,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    });
    configurationSet.addEventDestination('Deliveries', {
      // Amazon SES knows no other bus.
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
      ],
    });
    this.configurationSetName = configurationSet.configurationSetName;
    if (settings.createSenderIdentity) {
      new EmailIdentity(this, 'Sender', { identity: Identity.email(this.address) });
    }
  }

  /** Lets a function send e-mails from these of the stage's addresses, and tells it how. */
  grantSend(fn: LambdaFunction, addresses: readonly string[] = [this.address]): void {
    fn.addEnvironment(environmentNames.senderAddress, this.address);
    fn.addEnvironment(environmentNames.organisationName, this.settings.organisationName);
    fn.addEnvironment(environmentNames.configurationSet, this.configurationSetName);
    const arnOf = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [arnOf('identity', '*'), arnOf('configuration-set', this.configurationSetName)],
        conditions: { StringEquals: { 'ses:FromAddress': addresses.length === 1 ? addresses[0] : addresses } },
      }),
    );
    if (!fn.role) return;
    Validations.of(fn.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]',
      reason:
        'A sender may be verified by its address or by its domain, and in the sandbox of Amazon SES the identity of the recipient counts, too. The condition holds the function to the addresses of the stage.',
    });
  }
}
