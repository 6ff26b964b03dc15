import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { resourceTypes } from '#infra/local/stack-plan.ts';
import { attributesOf } from '#infra/local/template/attributes.ts';
import { location } from '#infra/local/template/location.ts';
import { resolverOf } from '#infra/local/template/resolve-intrinsics.ts';
import type { Template } from '#infra/local/template/template.ts';
import { settingsOf } from '#infra/settings.ts';
import { synthesize } from '#infra/synthesize.ts';
import { temporaryFolder } from './synthesized.ts';
import { waitsInCircle } from './waits-in-circle.ts';

/** A stage with everything that a stage can have and the longest name there is, which makes the longest ARNs. */
const settings = {
  ...settingsOf('local', {
    alarmEmail: 'oncall@example.com',
    exampleConsumerEventTypeKey: 'newContact',
    customerKey: true,
  }),
  stage: 'sixteen-letters-',
};
const { directory, template, stackName } = synthesize(settings, {
  outdir: temporaryFolder(),
  validate: false,
  stubs: true,
});
const stacks = readdirSync(directory)
  .filter((file) => file.endsWith('.template.json'))
  .map((file) => [file, JSON.parse(readFileSync(`${directory}/${file}`, 'utf8')) as Template] as const);

/** CloudFormation refuses a template with more than 500 resources, and more than 200 parameters. */
const mostResources = 450;
const mostParameters = 180;

describe('every stack', () => {
  test('is looked at: the parent and its nested ones', () => {
    const names = Object.values(template.Resources ?? {}).length;

    expect(stacks.length).toBe(4);
    expect(names).toBe(
      stacks.flatMap(([, { Resources = {} }]) => Object.values(Resources)).filter(({ Type }) => !/Stack$/.test(Type))
        .length,
    );
  });

  test.each(stacks)('%s has room for more', (_, { Resources = {}, Parameters = {} }) => {
    const advice =
      'CloudFormation takes 500 resources a stack: give some of its operations a nested stack of their own, in `stackNameOf` of infra/constructs/http-api.ts, or move a construct out of infra/contacts-stack.ts into one';

    expect(Object.keys(Resources).length, advice).toBeLessThanOrEqual(mostResources);
    expect(Object.keys(Parameters).length, advice).toBeLessThanOrEqual(mostParameters);
  });

  test.each(stacks)('%s has no resources that wait for each other', (_, one) => {
    expect(waitsInCircle(one)).toEqual([]);
  });
});

test('nested stacks write their routes one after the other, as API Gateway changes an API a few times a second', () => {
  const parent = stacks.find(([file]) => !file.includes('nested'))?.[1].Resources ?? {};
  const nested = Object.entries(parent).filter(([, { Type }]) => Type === 'AWS::CloudFormation::Stack');

  const waits = nested.map(([, { DependsOn = [] }]) =>
    [DependsOn].flat().filter((id) => nested.some(([one]) => one === id)),
  );

  const [first, second] = nested.map(([id]) => id);
  expect(waits).toEqual([[], [first], [second]]);
});

test('resources that wait for each other are found', () => {
  const ref = (name: string) => ({ Type: 'AWS::SQS::Queue', Properties: { a: [{ Ref: name }] } });

  expect(waitsInCircle({ Resources: { A: ref('B'), B: ref('C'), C: ref('B'), D: ref('A') } })).toEqual(['B', 'C']);
  expect(waitsInCircle({ Resources: { A: ref('B'), B: { Type: 'X', DependsOn: 'A' } } })).toEqual(['A', 'B']);
  expect(waitsInCircle({ Resources: { A: ref('B'), B: ref('C'), C: { Type: 'X' } } })).toEqual([]);
});

test("no role has more rights than AWS keeps in it: 10,240 characters, with the longest region's name", () => {
  const surroundings = { stackName, sqsEndpoint: 'http://127.0.0.1', apiUrl: 'http://127.0.0.1' };
  const { resolve } = resolverOf(template, attributesOf(template, resourceTypes, surroundings));
  const sizes = Object.entries(template.Resources ?? {})
    .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
    .map(([id, { Properties }]) => {
      const policies = resolve(Properties?.Policies) as { PolicyDocument: unknown }[];
      const text = policies.map(({ PolicyDocument }) => JSON.stringify(PolicyDocument)).join('');
      return [id, text.replaceAll(location.region, 'ap-southeast-1').length] as const;
    });

  expect(sizes.length).toBeGreaterThan(50);
  expect(sizes.filter(([, size]) => size > 10_000)).toEqual([]);
});
