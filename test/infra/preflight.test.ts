import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Preflight } from 'cdk-preflight';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { synthesize } from '#infra/synthesize.ts';
import { settingsWithEverything, temporaryFolder } from './synthesized.ts';

const report = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      violations: z.array(z.object({ ruleName: z.string(), description: z.string() })),
    }),
  ),
});

/**
 * What deployments are known to fail on in the templates of a folder, nested ones too, by rules that each were seen to fail a
 * deployment (https://github.com/badmintoncryer/cdk-preflight). Each template stands in a stack of an app of its own.
 */
const findingsIn = (templates: string): string[] => {
  const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
  Preflight.apply(app);
  for (const [at, file] of readdirSync(templates)
    .filter((one) => one.endsWith('.template.json'))
    .entries()) {
    const stack = new Stack(app, `Stack${at}`, { env: { account: '123456789012', region: 'eu-central-1' } });
    new CfnInclude(stack, 'Template', { templateFile: withoutBootstrap(join(templates, file)) });
  }
  try {
    app.synth();
  } catch (error) {
    if (!(error instanceof Error) || !/validation/i.test(error.message)) throw error;
  }
  const { pluginReports } = report.parse(JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')));
  return pluginReports
    .filter(({ pluginName }) => pluginName === 'cdk-preflight')
    .flatMap(({ violations }) => violations.map(({ ruleName, description }) => `${ruleName}: ${description}`));
};

/** A copy without what every stack of the CDK gets, and so this one gets again. */
const withoutBootstrap = (file: string): string => {
  const { Parameters = {}, Rules: _, ...template } = JSON.parse(readFileSync(file, 'utf8'));
  const copy = join(temporaryFolder(), 'copy.template.json');
  const { BootstrapVersion: __, ...others } = Parameters;
  writeFileSync(copy, JSON.stringify({ ...template, Parameters: others }));
  return copy;
};

describe('rules of failed deployments', () => {
  test('are kept by everything that a stage can have', () => {
    const { directory } = synthesize(settingsWithEverything(), {
      outdir: temporaryFolder(),
      validate: false,
      stubs: true,
    });

    expect(findingsIn(directory)).toEqual([]);
  });

  test('find what they are there for', () => {
    const folder = temporaryFolder();
    const route = { ApiId: { Ref: 'Api' }, RouteKey: 'FETCH /x' };
    const template = {
      Resources: {
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'x', ProtocolType: 'HTTP' } },
        Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: route },
      },
    };
    writeFileSync(join(folder, 'x.template.json'), JSON.stringify(template));

    expect(findingsIn(folder)).toEqual([expect.stringContaining('pf-apigwv2-http-route-key')]);
  });
});
