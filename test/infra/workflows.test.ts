import { describe, expect, test } from 'vitest';
import { compilePattern } from '#infra/local/bus/event-pattern.ts';
import { machineDefinition } from '#infra/local/state-machine/definition.ts';
import { nameOf, rightsByFunction, statementsByRole } from './rights-in.ts';
import { onlyResourceOf, referenceIn, resourcesOf, templateOf } from './synthesized.ts';

const template = templateOf();
const rights = rightsByFunction(template);
const actionsOf = (name: string) => [...new Set((rights.get(name) ?? []).map(({ action }) => action))];
const machine = onlyResourceOf(template, 'AWS::StepFunctions::StateMachine').Properties;
const queueWork = ['ReceiveMessage', 'ChangeMessageVisibility', 'GetQueueUrl', 'DeleteMessage', 'GetQueueAttributes'];

/** The definition with a name in the place of each function's ARN. */
const definition = () => {
  const [, parts] = (machine.DefinitionString as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  const text = parts.map((part) => (typeof part === 'string' ? part : 'arn:aws:lambda:r:a:function:f')).join('');
  return JSON.parse(text);
};

describe('the state machine', () => {
  test('is a standard one, as runs may wait for most of a year', () => {
    expect(machine).toMatchObject({ StateMachineType: 'STANDARD', StateMachineName: 'rollcall-local-workflows' });
  });

  test('runs on one’s own machine as it is deployed', () => {
    expect(machineDefinition.parse(definition())).toEqual(definition());
  });

  test('has every failure but a time-out repeated, caught and noted before it fails', () => {
    const { States } = definition();

    for (const name of ['Run', 'AwaitEvent']) {
      expect(States[name].Retry[0]).toEqual({ ErrorEquals: ['States.Timeout'], MaxAttempts: 0 });
      expect(States[name].Retry.at(-1)).toMatchObject({ ErrorEquals: ['States.ALL'], JitterStrategy: 'FULL' });
      expect(States[name].Catch.at(-1)).toEqual({
        ErrorEquals: ['States.ALL'],
        ResultPath: '$.failure',
        Next: 'GiveUp',
      });
    }
    expect(States.AwaitEvent.Catch[0]).toMatchObject({ ErrorEquals: ['States.Timeout'], Next: 'Run' });
    expect(States.GiveUp).toMatchObject({ Next: 'Failed' });
    expect(States.Failed.Type).toBe('Fail');
  });

  test('waits for half a day where the account has no room for its function, and calls that no failure', () => {
    for (const name of ['Run', 'AwaitEvent', 'GiveUp']) {
      const [, busy] = definition().States[name].Retry;

      expect(busy.ErrorEquals).toEqual(['Lambda.TooManyRequestsException']);
      expect((busy.MaxAttempts * busy.MaxDelaySeconds) / 2).toBeGreaterThanOrEqual(12 * 3600);
    }
  });

  test('may invoke the function that runs steps, and nothing else', () => {
    const role = referenceIn(machine.RoleArn);
    const statements = (statementsByRole(template).get(role) ?? []).filter(({ Resource }) => Resource !== '*');

    expect(statements).toHaveLength(1);
    expect(statements[0]?.Action).toBe('lambda:InvokeFunction');
    const invoked = template.Resources[referenceIn(statements[0]?.Resource)];
    expect(invoked && nameOf(invoked)).toBe('run-workflow');
  });
});

describe('the launcher', () => {
  test('hears every event of Rollcall and no other', () => {
    const rules = resourcesOf(template, 'AWS::Events::Rule').map(([, { Properties }]) => Properties);
    const rule = rules.find(({ Description }) => /for stored workflows/.test(String(Description)));
    const matches = compilePattern(rule?.EventPattern as Record<string, unknown>);

    expect(matches({ source: 'rollcall', 'detail-type': 'anything' })).toBe(true);
    expect(matches({ source: 'aws.ses', 'detail-type': 'anything' })).toBe(false);
  });

  test('begins runs and wakes them, and cannot write a contact', () => {
    expect(actionsOf('launch-workflows')).toEqual([
      ...queueWork.map((action) => `sqs:${action}`),
      ...['Query', 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'BatchWriteItem'].map(
        (one) => `dynamodb:${one}`,
      ),
      'states:StartExecution',
      'states:SendTaskSuccess',
    ]);
    expect(actionsOf('run-workflow')).not.toContain('states:StartExecution');
  });

  test('and the function that runs steps reach this stage’s machine alone', () => {
    for (const name of ['launch-workflows', 'run-workflow']) {
      const reached = (rights.get(name) ?? []).filter(({ action }) => action.startsWith('states:'));
      expect(reached.map(({ resource }) => JSON.stringify(resource))).toEqual(
        reached.map(() => expect.stringContaining(':stateMachine:rollcall-local-workflows"')),
      );
    }
  });
});

test('operations on workflows read and write the table, and neither start nor wake anything', () => {
  const names = ['list-workflows', 'save-workflow', 'describe-workflow', 'delete-workflow'];
  const services = [...names, 'list-workflow-runs', 'describe-workflow-run'].flatMap((name) =>
    actionsOf(name).map((action) => action.split(':')[0]),
  );

  expect(new Set(services)).toEqual(new Set(['dynamodb']));
  expect(actionsOf('describe-workflow-run').sort()).toEqual(['dynamodb:GetItem', 'dynamodb:UpdateItem']);
});
