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

/** Who messages come from: the addresses, and the configuration set whose events report what became of e-mails. */
export class MailSender extends Construct {
  /** Every address that e-mails may come from, the usual one first; none: no e-mail can be sent yet. */
  readonly addresses: readonly string[];
  readonly configurationSetName: string;
  private readonly settings: Settings;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.settings = settings;
    const { senderAddress, senderAddresses, createSenderIdentity } = settings;
    this.addresses = [...new Set([senderAddress, ...senderAddresses])].filter((one) => one !== undefined);
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
    if (senderAddress !== undefined && createSenderIdentity) {
      new EmailIdentity(this, 'Sender', { identity: Identity.email(senderAddress) });
    }
  }

  /** Tells a function what e-mails may come from. */
  passAddresses(fn: LambdaFunction): void {
    fn.addEnvironment(environmentNames.senderAddresses, JSON.stringify(this.addresses));
  }

  /**
   * Lets a function send e-mails from these of the stage's addresses, if it has any, and gives it the settings for
   * that.
   */
  grantSend(fn: LambdaFunction, addresses: readonly string[] = this.addresses.slice(0, 1)): void {
    this.passAddresses(fn);
    fn.addEnvironment(environmentNames.organisationName, this.settings.organisationName);
    fn.addEnvironment(environmentNames.configurationSet, this.configurationSetName);
    if (addresses.length === 0) return;
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
