import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { settingsOf } from '#infra/settings.ts';
import { referenceIn, resourcesOf, type Template, templateOf } from './synthesized.ts';

const template = templateOf(settingsOf('local', { alarmEmail: 'oncall@example.com' }));
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title = '']) => anchorOf(title));
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

describe('every alarm', () => {
  test.each(alarms.map((alarm) => [String(alarm.AlarmName), alarm] as const))(
    '%s says what it means to people and names its section of the runbook',
    (_, { AlarmDescription, AlarmActions }) => {
      const [, meaning = '', section = ''] =
        /^(.+[.]) See docs\/runbook[.]md#(.+)$/.exec(String(AlarmDescription)) ?? [];

      expect(meaning.length).toBeGreaterThan(30);
      expect(sections).toContain(section);
      expect(AlarmActions).toHaveLength(1);
    },
  );

  test('is mentioned by its name in the runbook', () => {
    const unmentioned = alarms.filter(({ AlarmName }) => !runbook.includes(`*\`${withoutStage(AlarmName)}\``));

    expect(unmentioned).toEqual([]);
  });
});

test('every section of the runbook has its alarm', () => {
  const named = alarms.map(({ AlarmDescription }) => String(AlarmDescription).split('#').at(-1));

  expect([...sections].sort()).toEqual([...named].sort());
});

test('every queue that nobody works on has an alarm', () => {
  const workedOn = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) =>
    referenceIn(Properties.EventSourceArn),
  );
  const watched = alarms.filter(({ Dimensions }) => JSON.stringify(Dimensions).includes('QueueName'));

  const forgotten = resourcesOf(template, 'AWS::SQS::Queue').filter(
    ([id]) => !workedOn.includes(id) && !watched.some(({ Dimensions }) => referenceIn(Dimensions) === id),
  );

  expect(forgotten).toEqual([]);
});

test('CloudWatch may publish on the topic, whose own policy replaces the default one', () => {
  const policy = onlyOfAlarms(template, 'AWS::SNS::TopicPolicy').Properties.PolicyDocument;

  expect(policy).toMatchObject({
    Statement: expect.arrayContaining([
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] },
      }),
    ]),
  });
  expect(onlyOfAlarms(template, 'AWS::SNS::Subscription').Properties.Endpoint).toBe('oncall@example.com');
});

test('without an alarm e-mail the topic waits for subscribers of any kind', () => {
  const open = templateOf(settingsOf('local'));

  expect(ofAlarms(open, 'AWS::SNS::Topic')).toHaveLength(1);
  expect(ofAlarms(open, 'AWS::SNS::Subscription')).toEqual([]);
  expect(open.Outputs.AlarmTopicArn?.Value).toEqual({ Ref: expect.stringContaining('MonitoringTopic') });
});

test('alarms go to a topic that is there already, where a setting names one', () => {
  const alarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:oncall';
  const shared = templateOf(settingsOf('local', { alarmTopicArn, alarmEmail: 'oncall@example.com' }));
  const actions = resourcesOf(shared, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties.AlarmActions);

  expect(ofAlarms(shared, 'AWS::SNS::Topic')).toEqual([]);
  expect(new Set(actions.flat())).toEqual(new Set([alarmTopicArn]));
  expect(onlyOfAlarms(shared, 'AWS::SNS::Subscription').Properties.TopicArn).toBe(alarmTopicArn);
});

function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

function withoutStage(alarmName: unknown): string {
  return String(alarmName).replace('rollcall-local-', '');
}

test('the runbook moves messages between queues that exist', () => {
  const queues = resourcesOf(template, 'AWS::SQS::Queue').map(([, { Properties }]) =>
    String(Properties.QueueName).replace(/^rollcall-[a-z]+-/, ''),
  );

  const named = [...runbook.matchAll(/^(?:move|peek) (.+)$/gm)].flatMap(([, names = '']) => names.split(' '));

  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !queues.includes(name))).toEqual([]);
});

/** Apart from the topic of answers to SMS. */
function ofAlarms(from: Template, type: string) {
  return resourcesOf(from, type).filter(([id]) => id.startsWith('Monitoring'));
}

function onlyOfAlarms(from: Template, type: string) {
  const [only, ...others] = ofAlarms(from, type);
  if (!only || others.length > 0) throw new Error(`${type} is not one`);
  return only[1];
}
