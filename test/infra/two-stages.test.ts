import { describe, expect, test } from 'vitest';
import { settingsOf } from '#infra/settings.ts';
import { resourcesOf, type Template, templateOf } from './synthesized.ts';

const dev = templateOf(settingsOf('dev'));
const prod = templateOf(settingsOf('prod'));

/** What a resource is called in its account and region, as `<type> <name>`; most have a name of CloudFormation's own. */
const namesIn = ({ Resources }: Template): string[] =>
  Object.values(Resources).flatMap(({ Type, Properties = {} }) =>
    Object.entries(Properties)
      .filter(([property, value]) => /(?<!Metric)(Name|Identity)$/.test(property) && typeof value === 'string')
      .map(([, value]) => `${Type} ${value}`),
  );

describe('two stages in one account and region', () => {
  test('have no name in common, but that of the gateway’s stage, which is within its API', () => {
    const [one, other] = [new Set(namesIn(dev)), new Set(namesIn(prod))];

    expect(one.size).toBeGreaterThan(200);
    expect([...one].filter((name) => other.has(name))).toEqual(['AWS::ApiGatewayV2::Stage $default']);
  });

  test('export nothing under a name that another stack could have', () => {
    expect(JSON.stringify([dev.Outputs, prod.Outputs])).not.toContain('"Export"');
  });

  test('share the resource policy of logs that AWS makes, as an account may have ten in a region', () => {
    for (const template of [dev, prod]) {
      const vended = resourcesOf(template, 'AWS::Logs::LogGroup').filter(([, { Properties }]) =>
        String(Properties.LogGroupName).startsWith('/aws/vendedlogs/'),
      );

      expect(resourcesOf(template, 'AWS::Logs::ResourcePolicy')).toEqual([]);
      expect(vended).toHaveLength(2);
    }
  });

  test('hear of the deliveries of their own messages alone on the default bus, which they share', () => {
    const ruleOf = (template: Template) =>
      resourcesOf(template, 'AWS::Events::Rule')
        .filter(([, { Properties }]) => Properties.EventBusName === undefined)
        .map(([, { Properties }]) => JSON.stringify(Properties.EventPattern));

    for (const pattern of [...ruleOf(dev), ...ruleOf(prod)]) expect(pattern).toContain('"Ref":"MailSenderMessages');
  });
});

test('a stage that comes along is deployed without an address that nobody owns', () => {
  for (const template of [dev, prod]) {
    // What `account/info` shows is sent nothing.
    const others = JSON.stringify(template).replaceAll(/account_?email[^a-z]+owner@example\.com/gi, '');

    expect(/.{60}@example\.com/.exec(others)?.[0]).toBeUndefined();
    expect(resourcesOf(template, 'AWS::SES::EmailIdentity')).toEqual([]);
  }
});
