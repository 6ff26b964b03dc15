import { App, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { EventBus as EventBusTarget, SfnStateMachine, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { expect, test } from 'vitest';
import { EventConsumer } from '#infra/constructs/event-consumer.ts';
import { compilePattern } from '#infra/local/bus/event-pattern.ts';
import { settingsOf } from '#infra/settings.ts';
import { onlyResourceOf, referenceIn, resourcesOf, type Template, templateOf, temporaryFolder } from './synthesized.ts';

test('a deployer binds a function of another stack to an event type by the name of the bus', () => {
  const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
  const stack = new Stack(app, 'Workflows');
  new EventConsumer(stack, 'WelcomeNewContacts', {
    bus: EventBus.fromEventBusName(stack, 'Rollcall', 'rollcall-prod'),
    eventTypeKey: 'newContact',
    fn: new LambdaFunction(stack, 'Welcome', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
    }),
    deadLetterQueue: new Queue(stack, 'Forgotten'),
  });

  const template: Template = app.synth().getStackByName('Workflows').template;
  const rule = onlyResourceOf(template, 'AWS::Events::Rule').Properties;

  expect(rule).toMatchObject({
    EventBusName: 'rollcall-prod',
    EventPattern: { source: ['rollcall'], 'detail-type': ['newContact'] },
    Targets: [{ Arn: expect.anything(), DeadLetterConfig: expect.anything() }],
  });
  expect(onlyResourceOf(template, 'AWS::Lambda::Permission').Properties).toMatchObject({
    Principal: 'events.amazonaws.com',
  });
});

test('a deployer binds whatever else EventBridge can hand events to: a queue, a state machine, another bus', () => {
  const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
  const stack = new Stack(app, 'Workflows');
  const bus = EventBus.fromEventBusName(stack, 'Rollcall', 'rollcall-prod');
  const machine = new StateMachine(stack, 'OnBoarding', {
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')),
  });
  const otherBus = new EventBus(stack, 'OtherBus').eventBusArn;
  const targets = {
    Queue: new SqsQueue(new Queue(stack, 'Orders')),
    Machine: new SfnStateMachine(machine),
    Bus: new EventBusTarget(EventBus.fromEventBusArn(stack, 'Other', otherBus)),
  };
  for (const [id, target] of Object.entries(targets)) {
    new EventConsumer(stack, id, { bus, eventTypeKey: 'subscribeFromApi-trial', target });
  }

  const template: Template = app.synth().getStackByName('Workflows').template;
  const rules = resourcesOf(template, 'AWS::Events::Rule').map(([, { Properties }]) => Properties);
  const targetTypes = rules.map(({ Targets }) => template.Resources[referenceIn(Targets)]?.Type);

  expect(targetTypes.toSorted()).toEqual([
    'AWS::Events::EventBus',
    'AWS::SQS::Queue',
    'AWS::StepFunctions::StateMachine',
  ]);
  const matches = compilePattern(rules[0]?.EventPattern as Record<string, unknown>);
  const isTaken = (type: string) => matches({ source: 'rollcall', 'detail-type': type });
  expect([isTaken('subscribeFromApi-trial'), isTaken('SubscribeFromAPI-trial')]).toEqual([true, true]);
  expect([isTaken('subscribeFromApi'), isTaken('subscribeFromApi-other')]).toEqual([false, false]);
});

test('the example consumer is there where a stage names an event type, and only there', () => {
  const ruleOf = (template: Template) =>
    resourcesOf(template, 'AWS::Events::Rule').find(([id]) => id.startsWith('Welcome'))?.[1].Properties;

  const withExample = templateOf(settingsOf('local', { exampleConsumerEventTypeKey: 'newShopper' }));
  const without = templateOf(settingsOf('prod'));

  expect(ruleOf(withExample)?.EventPattern).toEqual({ source: ['rollcall'], 'detail-type': ['newShopper'] });
  expect(withExample.Resources[referenceIn(ruleOf(withExample)?.Targets)]?.Properties.FunctionName).toBe(
    'rollcall-local-welcome-contact',
  );
  expect(ruleOf(without)).toBeUndefined();
});
