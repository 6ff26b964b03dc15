import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { EventConsumer } from 'rollcall/event-consumer';

/** A consumer of your own, in a stack of your own: a function, its memory, and a queue for what it fails on. */
export class WelcomeStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { readonly stage: string; readonly codeFolder: string },
  ) {
    super(scope, id, props);
    const memory = new TableV2(this, 'Memory', {
      partitionKey: { name: 'eventId', type: AttributeType.STRING },
      timeToLiveAttribute: 'ttl',
    });
    const fn = new LambdaFunction(this, 'Welcome', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'handler.handler',
      code: Code.fromAsset(props.codeFolder),
      timeout: Duration.seconds(30),
      environment: { MEMORY_TABLE: memory.tableName },
    });
    memory.grantReadWriteData(fn);
    new EventConsumer(this, 'NewContacts', {
      bus: EventBus.fromEventBusName(this, 'Rollcall', `rollcall-${props.stage}`),
      eventTypeKey: 'newContact',
      fn,
      deadLetterQueue: new Queue(this, 'Forgotten', { enforceSSL: true, retentionPeriod: Duration.days(14) }),
    });
  }
}
