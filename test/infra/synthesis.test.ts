import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { App, CfnResource, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { bundleFunctions, mostBundleBytes } from '#infra/bundles.ts';
import { functionNamesOf } from '#infra/function-names.ts';
import { SchemaValidation } from '#infra/nested-stacks/schema-validation.ts';
import { readContext, type Settings, settingsOf } from '#infra/settings.ts';
import { synthesize } from '#infra/synthesize.ts';
import { functionEnvironmentsIn } from '#test/support/function-environments.ts';
import { resourcesOf, settingsWithEverything, type Template, templateOf, temporaryFolder } from './synthesized.ts';

const settings = settingsWithEverything();

describe('a synthesis', () => {
  const synthesis = synthesize(settings, { outdir: temporaryFolder() });

  test("passes CloudFormation's schemas and cdk-nag with everything that a stage can have", () => {
    expect(synthesis.stackName).toBe('Rollcall-local');
  });

  test('has only resources that CloudFormation makes by itself, but for what empties the bucket', () => {
    const types = Object.values((synthesis.template as Template).Resources).map(({ Type }) => Type);

    expect(types.filter((type) => type.startsWith('Custom::') || type.startsWith('AWS::CloudFormation'))).toEqual([
      'Custom::EmptyBucket',
    ]);
    expect(types.length).toBeGreaterThan(300);
  });

  test('leaves a folder with one bundle for each function, and the console beside the one that serves it', () => {
    const functions = resourcesOf(synthesis.template as Template, 'AWS::Lambda::Function');
    const assets = functions.map(([, { Properties }]) => {
      const { S3Key } = Properties.Code as { S3Key: string };
      return readdirSync(`${synthesis.directory}/asset.${S3Key.replace('.zip', '')}`);
    });

    const isConsole = ({ Properties }: { Properties: Record<string, unknown> }) =>
      String(Properties.FunctionName).endsWith('-show-console');
    expect(assets).toEqual(functions.map(([, fn]) => (isConsole(fn) ? ['index.mjs', 'site'] : ['index.mjs'])));
  });
});

describe('a synthesis fails', () => {
  const newApp = () =>
    new App({ outdir: temporaryFolder(), context: readContext(), builtinCloudFormationValidation: false });
  const scopes = [
    ['a stack', (app: App) => new Stack(app, 'Stack')],
    ['a nested stack', (app: App) => new NestedStack(new Stack(app, 'Stack'), 'Nested')],
  ] as const;

  test.each(scopes)('on a rule of cdk-nag that is broken in %s', (_, scopeIn) => {
    const app = newApp();
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    new Bucket(scopeIn(app), 'OpenToAnything');

    expect(() => app.synth()).toThrow(/AwsSolutions-S/);
  });

  test.each(scopes)('on a rule for serverless stacks that is broken in %s', (_, scopeIn) => {
    const app = newApp();
    Validations.of(app).addPlugins(new ServerlessChecks(app));
    new Queue(scopeIn(app), 'WithoutDeadLetters');

    expect(() => app.synth()).toThrow(/Serverless-SQSRedrivePolicy/);
  });

  test.each(scopes)("on a property that CloudFormation's schemas do not know in %s", (_, scopeIn) => {
    const app = newApp();
    Validations.of(app).addPlugins(new SchemaValidation());
    new CfnResource(scopeIn(app), 'Queue', { type: 'AWS::SQS::Queue', properties: { NoSuchProperty: true } });

    expect(() => app.synth()).toThrow(/NoSuchProperty/);
  });
});

test('a function without a handler is refused by its name', () => {
  expect(() => bundleFunctions(['welcome-contact', 'no-such-function'], temporaryFolder())).toThrow(
    'functions/<name>/handler.ts: no-such-function',
  );
});

/** What Node and Powertools read, and not the function. */
const readByOthers = /^(POWERTOOLS_|NODE_)/;

describe('every bundle', () => {
  const { sizes, folderOf } = bundleFunctions(functionNamesOf(settings), temporaryFolder());

  test('is small enough to start quickly', () => {
    expect(Object.keys(sizes).sort()).toEqual(functionNamesOf(settings).sort());
    expect(Object.entries(sizes).filter(([, bytes]) => bytes > mostBundleBytes)).toEqual([]);
  });

  const environments = functionEnvironmentsIn(templateOf(settings));

  /** What became of a function that was started with such variables, by both. */
  const outcomes = new Map<string, [string, string[]]>();
  const compiled = temporaryFolder();

  /** What becomes of each function of a stage that is started with such variables, away from node_modules. */
  const started = (stage: Settings, environmentOf: (name: string) => Readonly<Record<string, string>>) => {
    const functions = functionNamesOf(stage).map((name) => {
      const environment = environmentOf(name);
      return {
        name,
        start: `${name} ${JSON.stringify(environment)}`,
        file: `${folderOf(name)}/index.mjs`,
        environment,
      };
    });
    const startAll = `
      const outcomes = [];
      for (const { start, file, environment } of ${JSON.stringify(functions.filter(({ start }) => !outcomes.has(start)))}) {
        const read = new Set();
        process.env = new Proxy(environment, { get: (all, name) => (read.add(String(name)), all[name]) });
        const outcome = await import(file).then(({ handler }) => typeof handler, ({ message }) => message);
        outcomes.push([start, [outcome, [...read]]]);
      }
      console.log(JSON.stringify(outcomes));`;
    const answer = execFileSync(process.execPath, ['--input-type=module', '--eval', startAll], {
      env: { NODE_COMPILE_CACHE: compiled },
    });
    const added: [string, [string, string[]]][] = JSON.parse(answer.toString());
    for (const [start, outcome] of added) outcomes.set(start, outcome);
    return new Map(functions.map(({ name, start }) => [name, outcomes.get(start)]));
  };
  const onLambda = { AWS_LAMBDA_FUNCTION_NAME: 'x' };

  const stages: readonly (readonly [string, Settings])[] = [
    ['with everything', settings],
    ['without double opt-in', settingsOf('local', { doubleOptIn: false, deletionProtection: false })],
    ['without senders', withoutSenders()],
    ['with neither', { ...withoutSenders(), doubleOptIn: false }],
  ];

  test.each(stages)('of a stage %s starts with the variables that its template sets, and reads each', (_, stage) => {
    const variables = functionEnvironmentsIn(templateOf(stage));
    const starts = [...started(stage, (name) => ({ ...onLambda, ...variables.get(name) }))].map(([name, outcome]) => {
      const [handler, read = []] = outcome ?? [];
      const unread = Object.keys(variables.get(name) ?? {}).filter((variable) => !read.includes(variable));
      return [name, handler, unread.filter((variable) => !readByOthers.test(variable))];
    });

    expect(starts).toEqual(functionNamesOf(stage).map((name) => [name, 'function', []]));
  });

  test('that has any variables stops at its start without them, and names one', () => {
    const starts = started(settings, () => onLambda);

    for (const [name, [outcome] = ['']] of starts) {
      const own = Object.keys(environments.get(name) ?? {}).filter((variable) => !readByOthers.test(variable));
      const missing = /^The environment variable (\w+) is not set$/.exec(outcome)?.[1];
      expect([name, own.length === 0 ? outcome : own.includes(missing ?? '')]).toEqual([
        name,
        own.length === 0 ? 'function' : true,
      ]);
    }
  });
});

describe('the CDK app', () => {
  const run = (outdir: string, context: object) =>
    execFileSync(process.execPath, ['infra/app.ts'], {
      cwd: new URL('../..', import.meta.url),
      env: { CDK_CONTEXT_JSON: JSON.stringify(context), CDK_OUTDIR: outdir, CDK_VALIDATION: 'false' },
      stdio: 'pipe',
    });

  test('synthesizes the stage that it is asked for, without credentials', () => {
    const outdir = temporaryFolder();

    const stages = temporaryFolder();
    writeFileSync(`${stages}/test.json`, '{"organisationName": "Test Ltd"}');

    run(outdir, { stage: 'test', stages });

    const { artifacts } = JSON.parse(readFileSync(`${outdir}/manifest.json`, 'utf8'));
    expect(artifacts).toHaveProperty('Rollcall-test');
  });

  test('says which stage it does not know', () => {
    const runUnknown = () => run(temporaryFolder(), { stage: 'staging' });

    expect(runUnknown).toThrow(/There is no stages\/staging\.json, .*: dev/);
  });
});

/** A new stage before anybody has named who messages come from. */
function withoutSenders(): Settings {
  const { senderAddress: _, ...rest } = settingsOf('local', { senderAddresses: [], smsSenders: [] });
  return rest;
}
