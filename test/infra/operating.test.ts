import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseSettings, settingsOf } from '#infra/settings.ts';
import { onlyResourceOf, resourcesOf, type Template, templateOf } from './synthesized.ts';

const zone = { id: 'Z0123456789ABC', name: 'example.com' };
const certificateArn = 'arn:aws:acm:eu-central-1:123456789012:certificate/1';
const withDomain = (domain: { certificateArn?: string; hostedZone?: typeof zone }) =>
  templateOf(settingsOf('prod', { domain: { name: 'contacts.example.com', ...domain } }));

describe('a domain of one’s own', () => {
  const byRoute53 = withDomain({ hostedZone: zone });
  const byHand = withDomain({ certificateArn });

  test('leads to the API, with a certificate and records in its zone', () => {
    const certificate = onlyResourceOf(byRoute53, 'AWS::CertificateManager::Certificate').Properties;
    const records = resourcesOf(byRoute53, 'AWS::Route53::RecordSet').map(([, { Properties }]) => Properties);

    expect(certificate).toMatchObject({ DomainName: 'contacts.example.com', ValidationMethod: 'DNS' });
    expect(certificate.DomainValidationOptions).toEqual([
      { DomainName: 'contacts.example.com', HostedZoneId: zone.id },
    ]);
    expect(records.map(({ Name, Type, HostedZoneId }) => [Name, Type, HostedZoneId])).toEqual([
      ['contacts.example.com.', 'A', zone.id],
      ['contacts.example.com.', 'AAAA', zone.id],
    ]);
    expect(onlyResourceOf(byRoute53, 'AWS::ApiGatewayV2::ApiMapping').Properties.ApiMappingKey).toBeUndefined();
  });

  test('is named by outputs where its records are made by hand', () => {
    expect(resourcesOf(byHand, 'AWS::Route53::RecordSet')).toEqual([]);
    expect(onlyResourceOf(byHand, 'AWS::ApiGatewayV2::DomainName').Properties).toMatchObject({
      DomainName: 'contacts.example.com',
      DomainNameConfigurations: [expect.objectContaining({ CertificateArn: certificateArn, EndpointType: 'REGIONAL' })],
    });
    expect(Object.keys(byHand.Outputs)).toEqual(expect.arrayContaining(['DomainTarget', 'DomainTargetZone']));
  });

  test('and everything else that guides call an output, is one', () => {
    const docs = join(import.meta.dirname, '../../docs');
    const guides = readdirSync(join(docs, 'guides')).filter((file) => file.endsWith('.md'));
    const texts = ['runbook.md', ...guides.map((file) => `guides/${file}`)].map((file) =>
      readFileSync(join(docs, file), 'utf8').replaceAll(/\s+/g, ' '),
    );
    const lists = texts.flatMap((text) => [
      ...text.matchAll(/outputs? (`\w+`(?:(?:,| and|, and) `\w+`)*)|(`\w+`) in the outputs|(\$\(output \w+\))/g),
    ]);
    const named = new Set(lists.flatMap(([found]) => found.match(/(?<=`|output )[A-Z]\w+/g) ?? []));

    expect([...named]).toEqual(expect.arrayContaining(['Url', 'TableName', 'DomainTarget', 'DomainTargetZone']));
    const outputs = { ...byHand.Outputs, ...templateOf(settingsOf('local')).Outputs };
    expect([...named].filter((name) => !(name in outputs))).toEqual([]);
  });

  test('is what callers and the links of messages are given', () => {
    expect(byHand.Outputs.Url?.Value).toBe('https://contacts.example.com');
    expect(JSON.stringify(byHand)).toContain('"PUBLIC_URL":"https://contacts.example.com"');
  });

  test('needs a certificate or a zone to make one in', () => {
    expect(() => parseSettings('prod', { prod: { domain: { name: 'contacts.example.com' } } })).toThrow(
      /certificateArn/,
    );
  });
});

describe('a budget', () => {
  const budgetIn = (template: Template) =>
    onlyResourceOf(template, 'AWS::Budgets::Budget').Properties as {
      Budget: { CostFilters?: object };
      NotificationsWithSubscribers: { Subscribers: object[] }[];
    };

  test('raises the alarms of the stage at four fifths, and when all of it is forecast to be spent', () => {
    const { Budget, NotificationsWithSubscribers } = budgetIn(
      templateOf(settingsOf('prod', { monthlyBudget: { dollars: 50 } })),
    );

    expect(Budget).toMatchObject({ BudgetLimit: { Amount: 50, Unit: 'USD' }, TimeUnit: 'MONTHLY' });
    expect(Budget.CostFilters).toEqual({ TagKeyValue: ['user:rollcall:stage$prod'] });
    expect(NotificationsWithSubscribers).toMatchObject([
      { Notification: { NotificationType: 'ACTUAL', Threshold: 80 } },
      { Notification: { NotificationType: 'FORECASTED', Threshold: 100 } },
    ]);
    for (const { Subscribers } of NotificationsWithSubscribers) {
      expect(Subscribers).toEqual([{ SubscriptionType: 'SNS', Address: { Ref: expect.stringContaining('Topic') } }]);
    }
  });

  test('may be of the whole account, and is not there where nobody asks for it', () => {
    const ofAccount = templateOf(settingsOf('prod', { monthlyBudget: { dollars: 50, of: 'account' } }));

    expect(budgetIn(ofAccount).Budget.CostFilters).toBeUndefined();
    expect(resourcesOf(templateOf(settingsOf('prod')), 'AWS::Budgets::Budget')).toEqual([]);
  });
});

test('every resource that can have tags has that of its stage, and those of the setting', () => {
  const template = templateOf(settingsOf('prod', { tags: { team: 'crm' } }));
  const tagged = [
    'AWS::DynamoDB::Table',
    'AWS::S3::Bucket',
    'AWS::Lambda::Function',
    'AWS::SQS::Queue',
    'AWS::IAM::Role',
  ];

  for (const type of tagged) {
    for (const [id, { Properties }] of resourcesOf(template, type)) {
      expect([id, Properties.Tags]).toEqual([
        id,
        expect.arrayContaining([
          { Key: 'rollcall:stage', Value: 'prod' },
          { Key: 'team', Value: 'crm' },
        ]),
      ]);
    }
  }
});

describe('the dashboard', () => {
  const bodyIn = (template: Template) => JSON.stringify(onlyResourceOf(template, 'AWS::CloudWatch::Dashboard'));
  const template = templateOf(settingsOf('prod'));

  test('shows every alarm and every queue that a function works on', () => {
    const body = bodyIn(template);
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([id]) => id);
    const queues = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(
      ([, { Properties }]) => /"Fn::GetAtt":\["(\w+)"/.exec(JSON.stringify(Properties.EventSourceArn))?.[1] ?? '',
    );

    expect(alarms.filter((id) => !body.includes(id))).toEqual([]);
    expect(queues.filter((id) => !body.includes(id))).toEqual([]);
  });

  test('is not there where the setting says so', () => {
    const off = templateOf(settingsOf('prod', { dashboard: false }));

    expect(resourcesOf(off, 'AWS::CloudWatch::Dashboard')).toEqual([]);
  });
});
