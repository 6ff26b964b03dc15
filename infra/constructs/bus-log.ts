import { RemovalPolicy } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';

/** Which bus writes down what it could not deliver. */
export interface BusLogProps {
  readonly deployment: Deployment;
  readonly bus: EventBus;
}

/**
 * Takes the errors that a bus logs, without the events themselves, to a log group. Its name begins with `/aws/vendedlogs/`, for
 * which AWS keeps one resource policy an account and region, `AWSLogDeliveryWrite20150319`, made by the first delivery: there
 * may be ten (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html).
 */
export class BusLog extends Construct {
  constructor(scope: Construct, id: string, { deployment: { settings }, bus }: BusLogProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'LogGroup', {
      logGroupName: `/aws/vendedlogs/rollcall-${settings.stage}/event-bus`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const source = new CfnDeliverySource(this, 'Source', {
      name: `rollcall-${settings.stage}-event-bus-errors`,
      logType: 'ERROR_LOGS',
      resourceArn: bus.eventBusArn,
    });
    const destination = new CfnDeliveryDestination(this, 'Destination', {
      name: `rollcall-${settings.stage}-event-bus-errors`,
      destinationResourceArn: logGroup.logGroupArn,
    });
    const delivery = new CfnDelivery(this, 'Delivery', {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.attrArn,
    });
    delivery.node.addDependency(source);
  }
}
