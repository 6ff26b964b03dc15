import { describe, expect, test } from 'vitest';
import type { Template, TemplateResource } from '#infra/local/template/template.ts';
import { inlineNestedStacks } from '#infra/nested-stacks/inline-nested-stacks.ts';

/** A nested stack that is made from the child of a name. */
const nested = (child: string, parameters: object = {}, others: object = {}): TemplateResource => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: { TemplateURL: child, Parameters: parameters },
  ...others,
});

const queue = (properties: object = {}, others: object = {}): TemplateResource => ({
  Type: 'AWS::SQS::Queue',
  Properties: { ...properties },
  ...others,
});

const inline = (template: Template, children: Readonly<Record<string, Template>>) =>
  inlineNestedStacks(template, ({ Properties }) => children[String(Properties?.TemplateURL)] ?? {});

const get = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });

/** `Fn::Sub`'s own marks, written as `<name>` here because they look like a template literal's. */
const places = (text: string): string => text.replaceAll('<', '$'.concat('{')).replaceAll('>', '}');

describe('a nested stack is put into its place', () => {
  test('with its resources under their own names, and what belongs to the parent as it was', () => {
    const template = { Description: 'Parent', Resources: { Own: queue(), Child: nested('child') } };

    const whole = inline(template, { child: { Resources: { Inner: queue({ QueueName: 'inner' }) } } });

    expect(whole).toMatchObject({
      Description: 'Parent',
      Resources: { Own: queue(), Inner: queue({ QueueName: 'inner' }) },
    });
    expect(Object.keys(whole.Resources ?? {})).toEqual(['Own', 'Inner']);
  });

  test("with the parent's values for its parameters, however they are referred to", () => {
    const child: Template = {
      Parameters: { TableArn: {}, Size: { Default: 'small' } },
      Resources: {
        Inner: queue({
          ref: { Ref: 'TableArn' },
          joined: { 'Fn::Join': ['', [{ Ref: 'TableArn' }, '/index']] },
          text: { 'Fn::Sub': places('<TableArn>/<AWS::Region>/<!TableArn>/<own>') },
          named: { 'Fn::Sub': [places('<TableArn>/<own>'), { own: { Ref: 'TableArn' } }] },
          byDefault: { Ref: 'Size' },
          region: { Ref: 'AWS::Region' },
        }),
      },
      Conditions: { IsSmall: { 'Fn::Equals': [{ Ref: 'Size' }, 'small'] } },
    };
    const arn = get('Table', 'Arn');

    const whole = inline({ Resources: { Table: queue(), Child: nested('child', { TableArn: arn }) } }, { child });

    expect(whole.Resources?.Inner?.Properties).toEqual({
      ref: arn,
      joined: { 'Fn::Join': ['', [arn, '/index']] },
      text: { 'Fn::Sub': [places('<TableArn>/<AWS::Region>/<!TableArn>/<own>'), { TableArn: arn }] },
      named: { 'Fn::Sub': [places('<TableArn>/<own>'), { own: arn, TableArn: arn }] },
      byDefault: 'small',
      region: { Ref: 'AWS::Region' },
    });
    expect(whole.Conditions).toEqual({ IsSmall: { 'Fn::Equals': ['small', 'small'] } });
    expect(whole.Parameters).toBeUndefined();
  });

  test('with its values for its outputs, also where they come from the outputs of another', () => {
    const first: Template = { Resources: { Inner: queue() }, Outputs: { Url: { Value: get('Inner', 'QueueUrl') } } };
    const second: Template = {
      Parameters: { Url: {} },
      Resources: { Other: queue({ url: { Ref: 'Url' } }) },
      Outputs: { Again: { Value: { 'Fn::Join': ['', [{ Ref: 'Url' }, '/again']] } } },
    };
    const template: Template = {
      Resources: {
        Second: nested('second', { Url: get('First', 'Outputs.Url') }),
        First: nested('first'),
        Own: queue({
          short: { 'Fn::GetAtt': 'First.Outputs.Url' },
          text: { 'Fn::Sub': places('<First.Outputs.Url>/x') },
        }),
      },
      Outputs: { Result: { Value: get('Second', 'Outputs.Again') } },
    };
    const url = get('Inner', 'QueueUrl');

    const whole = inline(template, { first, second });

    expect(whole.Resources?.Other?.Properties).toEqual({ url });
    expect(whole.Resources?.Own?.Properties).toEqual({
      short: url,
      text: { 'Fn::Sub': [places('<FirstOutputsUrl>/x'), { FirstOutputsUrl: url }] },
    });
    expect(whole.Outputs).toEqual({ Result: { Value: { 'Fn::Join': ['', [url, '/again']] } } });
  });

  test('so that whoever waited for the stack waits for its resources, and these for what the stack waited for', () => {
    const template: Template = {
      Resources: {
        Own: queue(),
        Child: nested('child', {}, { DependsOn: 'Own' }),
        Later: queue({}, { DependsOn: ['Child', 'Own'] }),
      },
    };

    const whole = inline(template, { child: { Resources: { A: queue(), B: queue({}, { DependsOn: ['A'] }) } } });

    expect(Object.entries(whole.Resources ?? {}).map(([id, { DependsOn }]) => [id, DependsOn])).toEqual([
      ['Own', undefined],
      ['Later', ['A', 'B', 'Own']],
      ['A', ['Own']],
      ['B', ['A', 'Own']],
    ]);
  });

  test('together with those that are nested in it', () => {
    const inner: Template = { Parameters: { Deep: {} }, Resources: { Deepest: queue({ name: { Ref: 'Deep' } }) } };
    const outer: Template = {
      Parameters: { Name: {} },
      Resources: { Inner: nested('inner', { Deep: { Ref: 'Name' } }) },
    };

    const whole = inline({ Resources: { Outer: nested('outer', { Name: 'x' }) } }, { inner, outer });

    expect(whole.Resources).toEqual({ Deepest: queue({ name: 'x' }) });
  });
});

describe('a nested stack is refused', () => {
  test.each([
    ['Resources', { Resources: { Own: queue() } }],
    ['Conditions', { Conditions: { IsOn: true } }],
    ['Mappings', { Mappings: { Own: {} } }],
  ])('whose %s have a name that the parent has, too', (section, child) => {
    const template = {
      Conditions: { IsOn: true },
      Mappings: { Own: {} },
      Resources: { Own: queue(), Child: nested('c') },
    };

    expect(() => inline(template, { c: child })).toThrow(section === 'Conditions' ? /Child.*IsOn/ : /Child.*Own/);
  });

  test('that has a condition', () => {
    const template = { Resources: { Child: nested('child', {}, { Condition: 'IsOn' }) } };

    expect(() => inline(template, {})).toThrow(/Child.*condition/);
  });

  test.each([
    ['Ref', { Ref: 'Child' }],
    ['Outputs.Missing', get('Child', 'Outputs.Missing')],
  ])('that is referred to by %s', (what, reference) => {
    const template = { Resources: { Child: nested('child'), Own: queue({ reference }) } };

    expect(() => inline(template, { child: {} })).toThrow(`Child is a nested stack and has no ${what} here`);
  });
});
