import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import { location } from '#infra/local/template/location.ts';
import type { TemplateResource } from '#infra/local/template/template.ts';
import { waitFor } from '#test/support/local-stack.ts';
import { arnOf, queue, type SmallStack, startSmallStack } from './small-stack.ts';

const defaultBus = `arn:aws:events:${location.region}:${location.accountId}:event-bus/default`;

const destination = (about: object = {}, EventBusArn = defaultBus): Record<string, TemplateResource> => ({
  Shop: { Type: 'AWS::SES::ConfigurationSet', Properties: { Name: 'shop' } },
  Deliveries: {
    Type: 'AWS::SES::ConfigurationSetEventDestination',
    Properties: {
      ConfigurationSetName: { Ref: 'Shop' },
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['delivery', 'bounce'],
        EventBridgeDestination: { EventBusArn },
        ...about,
      },
    },
  },
});

const heard: Record<string, TemplateResource> = {
  Heard: {
    Type: 'AWS::Events::Rule',
    Properties: { EventPattern: { source: ['aws.ses'] }, Targets: [{ Id: 'Target', Arn: arnOf('events') }] },
  },
};

let stack: LocalStack;
beforeAll(async () => {
  stack = await startSmallStack({ resources: { ...queue('events'), ...destination(), ...heard } });
});
afterAll(() => stack.stop());

const send = (to: string, ConfigurationSetName = 'shop') =>
  fetch(`${stack.environment.AWS_ENDPOINT_URL_SESV2}/v2/email/outbound-emails`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'AWS4-HMAC-SHA256 Credential=x' },
    body: JSON.stringify({
      ConfigurationSetName,
      FromEmailAddress: 'owner@example.com',
      Destination: { ToAddresses: [to] },
      EmailTags: [{ Name: 'requestId', Value: 'request' }],
      Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Hello' } } } },
    }),
  });

const events = async () =>
  (await stack.queues.peek('events')).ready.map((body) => {
    const { detail, ...envelope } = JSON.parse(body);
    return { type: envelope['detail-type'], to: detail.mail.destination[0], tags: detail.mail.tags };
  });

describe('what becomes of an e-mail', () => {
  test('is told on the default bus, of the types that its configuration set asks for', async () => {
    const answers = [await send('john@example.com'), await send('bounce@simulator.amazonses.com')];
    await send('nobody@example.com', 'another');
    await send('complaint@simulator.amazonses.com');

    const published = await waitFor('all is told', async () => {
      const so = await events();
      return so.some(({ to }) => to.startsWith('complaint')) && so;
    });

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const tags = { 'ses:configuration-set': ['shop'], requestId: ['request'] };
    expect(published.toSorted((one, other) => (one.to < other.to ? -1 : 1))).toEqual([
      { type: 'Email Bounced', to: 'bounce@simulator.amazonses.com', tags },
      { type: 'Email Delivered', to: 'complaint@simulator.amazonses.com', tags },
      { type: 'Email Delivered', to: 'john@example.com', tags },
    ]);
  });
});

test('an event destination that AWS would not take is refused by name', async () => {
  const started = (resources: NonNullable<SmallStack['resources']>) => startSmallStack({ resources });

  await Promise.all([
    expect(started(destination({}, defaultBus.replace('default', 'other')))).rejects.toThrow(
      /Amazon SES knows no bus but the default one/,
    ),
    expect(started(destination({ KinesisFirehoseDestination: {} }))).rejects.toThrow(
      /KinesisFirehoseDestination does not run here/,
    ),
  ]);
});
