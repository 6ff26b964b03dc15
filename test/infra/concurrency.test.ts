import { App, type Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { ContactsStack } from '#infra/contacts-stack.ts';
import { launchPaceMilliseconds, runnerConcurrency } from '#infra/queue-concurrency.ts';
import { settingsOf } from '#infra/settings.ts';
import { concurrencyOfQueues } from '#infra/warn-of-concurrency.ts';
import { nameOf } from './rights-in.ts';
import { referenceIn, resourcesOf, type Template, templateOf, temporaryFolder } from './synthesized.ts';

const templateFor = (accountConcurrency: number) => templateOf(settingsOf('local', { accountConcurrency }));

/** How many functions each queue may have at work at once, by the function. */
const boundsIn = (template: Template): Record<string, unknown> =>
  Object.fromEntries(
    resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => {
      const fn = template.Resources[referenceIn(Properties.FunctionName)];
      const scaling = Properties.ScalingConfig as { MaximumConcurrency?: number } | undefined;
      return [fn && nameOf(fn), scaling?.MaximumConcurrency];
    }),
  );

const sumOf = (template: Template): number =>
  Object.values(boundsIn(template)).reduce<number>((sum, bound) => sum + Number(bound), 0);

const sourceOf = (template: Template, functionName: string) =>
  resourcesOf(template, 'AWS::Lambda::EventSourceMapping').find(([, { Properties }]) => {
    const fn = template.Resources[referenceIn(Properties.FunctionName)];
    return fn && nameOf(fn) === functionName;
  })?.[1].Properties;

const runnerIn = (template: Template) =>
  resourcesOf(template, 'AWS::Lambda::Function').find(([, fn]) => nameOf(fn) === 'run-workflow')?.[1].Properties;

describe('the queues of a stage', () => {
  test('take the least that AWS lets them be bounded to in a new account, of ten', () => {
    const bounds = Object.values(boundsIn(templateFor(10)));

    expect(bounds).toHaveLength(17);
    expect(new Set(bounds)).toEqual(new Set([2]));
  });

  test('take no more than these in an account of a thousand', () => {
    expect(boundsIn(templateFor(1000))).toEqual({
      'undo-rows': 2,
      'import-chunk': 10,
      'fail-chunk': 2,
      'fetch-upload': 5,
      'split-upload': 5,
      'predict-import': 5,
      'fail-upload': 2,
      'log-events': 10,
      'publish-subscription': 10,
      'note-delivery': 10,
      'launch-workflows': 2,
      'count-contacts': 2,
      'erase-traces': 2,
      'empty-segment': 2,
      'send-message': 2,
      'send-to-segment': 2,
      'send-confirmation': 2,
    });
  });

  test.each([60, 1000])('leave callers of the API at least a third of %i', (accountConcurrency) => {
    const template = templateFor(accountConcurrency);
    const reserved = Number(runnerIn(template)?.ReservedConcurrentExecutions ?? 0);

    expect(sumOf(template) + reserved).toBeLessThanOrEqual((2 / 3) * accountConcurrency);
  });
});

test('steps of workflows are bounded where the account has room to reserve, and 100 are left to the rest', () => {
  const reserved = [10, 199, 200, 1000, 5000].map(
    (accountConcurrency) => runnerConcurrency(settingsOf('local', { accountConcurrency })).reservedConcurrency,
  );

  expect(reserved).toEqual([undefined, undefined, 10, 50, 50]);
  expect(runnerIn(templateFor(1000))?.ReservedConcurrentExecutions).toBe(50);
});

test('runs of workflows begin at a pace where the account has no room to reserve: half as many a second as it has', () => {
  const paceOf = (accountConcurrency: number) => launchPaceMilliseconds(settingsOf('local', { accountConcurrency }));
  const launcherIn = (template: Template) =>
    resourcesOf(template, 'AWS::Lambda::Function').find(([, fn]) => nameOf(fn) === 'launch-workflows')?.[1].Properties;
  const { Environment, Timeout } = launcherIn(templateFor(10)) ?? {};
  const { BatchSize } = sourceOf(templateFor(10), 'launch-workflows') ?? {};

  expect([10, 100, 199, 200, 1000].map(paceOf)).toEqual([400, 40, 21, 0, 0]);
  expect(Environment).toMatchObject({ Variables: { LAUNCH_PACE_MILLISECONDS: '400' } });
  // A batch of events that launch five workflows each ends in time.
  expect(Number(BatchSize) * 5 * 0.4).toBeLessThan(Number(Timeout));
});

describe('the deployment', () => {
  const stackFor = (accountConcurrency: number) => {
    const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
    const deployment = {
      settings: settingsOf('local', { accountConcurrency }),
      bundles: { folderOf: () => import.meta.dirname, sizes: {} },
    };
    return new ContactsStack(app, 'Stack', deployment);
  };
  const warningsOf = (stack: Stack) =>
    stack.node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data));

  test('says so where the queues may take more than the account has', () => {
    const stack = stackFor(10);

    expect(concurrencyOfQueues(stack)).toBe(sumOf(templateFor(10)));
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/34 functions .* allows 10\./)]);
  });

  test('says nothing where they fit', () => {
    expect(warningsOf(stackFor(100))).toEqual([]);
  });
});
