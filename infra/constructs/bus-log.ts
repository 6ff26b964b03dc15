import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource, LogGroup, ResourcePolicy } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';

/** Which bus writes down what it could not deliver. */
export interface BusLogProps {
  readonly deployment: Deployment;
  readonly bus: EventBus;
}

/** Takes the errors that a bus logs, without the events themselves, to a log group. */
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
    delivery.node.addDependency(source, allowDelivery(this, logGroup));
  }
}

const allowDelivery = (scope: Construct, logGroup: LogGroup): ResourcePolicy =>
  new ResourcePolicy(scope, 'Policy', {
    policyStatements: [
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
        principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
      }),
    ],
  });
