import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { concurrencyOfQueues } from '../warn-of-concurrency.ts';
import type { ContactStore } from './contact-store.ts';
import type { EventBus } from './event-bus.ts';
import type { Monitoring } from './monitoring.ts';

/** What a deployer has to know once the stack is up. */
export interface OutputsProps {
  readonly settings: Settings;
  readonly url: string;
  readonly store: ContactStore;
  readonly bus: EventBus;
  readonly monitoring: Monitoring;
}

/** The outputs `Url`, `ConsoleUrl`, `EventBusName`, `TableName`, `Concurrency`, `AlarmTopicArn` and `HowToMakeAKey`. */
export class Outputs extends Construct {
  constructor(scope: Construct, id: string, { settings, url, store, bus, monitoring }: OutputsProps) {
    super(scope, id);
    const { stage, accountConcurrency } = settings;
    const concurrency = `${concurrencyOfQueues(Stack.of(this))} of ${accountConcurrency}`;
    const output = (name: string, description: string, value: string) =>
      new CfnOutput(this, name, { description, value }).overrideLogicalId(name);

    output('Url', 'Callers put this in place of https://yespo.io', url);
    output('ConsoleUrl', 'People open this in a browser and sign in with an API key', `${url}/console`);
    output('EventBusName', 'Workflows bind their rules to this bus', bus.bus.eventBusName);
    output('TableName', 'Holds everything but the rows of imports', store.table.tableName);
    output('Concurrency', 'Functions that queues may have at work at once, of accountConcurrency', concurrency);
    output('AlarmTopicArn', 'Subscribe to it what is to hear of alarms', monitoring.topic.topicArn);
    output(
      'HowToMakeAKey',
      'Callers need an API key',
      `npm run key -- create --stage ${stage} --name shop --scope full`,
    );
    Stack.of(this).templateOptions.description =
      `Rollcall (${stage}): a contacts API, wire compatible with the Yespo REST API v1`;
  }
}
