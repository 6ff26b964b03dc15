import { App, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect, test } from 'vitest';
import { EventForwarding } from '#infra/constructs/event-forwarding.ts';
import { ForwardedEvents } from '#infra/constructs/forwarded-events.ts';
import { compilePattern } from '#infra/local/bus/event-pattern.ts';
import { onlyResourceOf, referenceIn, resourcesOf, type Template, temporaryFolder } from './synthesized.ts';

const targetBusArn = 'arn:aws:events:eu-central-1:222222222222:event-bus/rollcall-prod';

test('events go to a bus of another account by a role that may do this alone', () => {
  const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
  const stack = new Stack(app, 'Forwarding');
  new EventForwarding(stack, 'ToShop', {
    bus: EventBus.fromEventBusName(stack, 'Rollcall', 'rollcall-prod'),
    targetBusArn,
    eventTypeKeys: ['newContact'],
    deadLetterQueue: new Queue(stack, 'Undelivered'),
  });

  const template: Template = app.synth().getStackByName('Forwarding').template;
  const rule = onlyResourceOf(template, 'AWS::Events::Rule').Properties;
  const policies = resourcesOf(template, 'AWS::IAM::Policy').map(([, { Properties }]) => Properties.PolicyDocument);

  expect(rule.EventBusName).toBe('rollcall-prod');
  expect(rule.Targets).toEqual([
    expect.objectContaining({ Arn: targetBusArn, DeadLetterConfig: expect.anything(), RoleArn: expect.anything() }),
  ]);
  expect(policies).toEqual([
    expect.objectContaining({ Statement: [{ Action: 'events:PutEvents', Effect: 'Allow', Resource: targetBusArn }] }),
  ]);
  const matches = compilePattern(rule.EventPattern as Record<string, unknown>);
  const isForwarded = (type: string, detail: object = {}) =>
    matches({ source: 'rollcall', 'detail-type': type, detail: { eventId: 'e', ...detail } });
  expect([isForwarded('newContact'), isForwarded('other')]).toEqual([true, false]);
  expect(isForwarded('newContact', { origin: 'caller' })).toBe(false);
});

test('events of callers are forwarded where this is asked for, and all types without a list', () => {
  const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
  const stack = new Stack(app, 'Forwarding');
  new EventForwarding(stack, 'ToShop', {
    bus: EventBus.fromEventBusName(stack, 'Rollcall', 'rollcall-prod'),
    targetBusArn,
    withEventsOfCallers: true,
    deadLetterQueue: new Queue(stack, 'Undelivered'),
  });

  const rule = onlyResourceOf(app.synth().getStackByName('Forwarding').template, 'AWS::Events::Rule').Properties;

  expect(rule.EventPattern).toEqual({ source: ['rollcall'] });
});

test('the other account takes events of Rollcall from the account of Rollcall alone', () => {
  const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
  const stack = new Stack(app, 'Shop');
  new ForwardedEvents(stack, 'Rollcall', { fromAccount: '111111111111', busName: 'rollcall-prod' });

  const template: Template = app.synth().getStackByName('Shop').template;
  const [[busId] = ['']] = resourcesOf(template, 'AWS::Events::EventBus');
  const policy = onlyResourceOf(template, 'AWS::Events::EventBusPolicy').Properties;

  expect(referenceIn(policy.EventBusName)).toBe(busId);
  expect(policy.Statement).toMatchObject({
    Effect: 'Allow',
    Action: 'events:PutEvents',
    Condition: { StringEquals: { 'events:source': 'rollcall' } },
    Principal: { AWS: { 'Fn::Join': ['', expect.arrayContaining([':iam::111111111111:root'])] } },
  });
});
