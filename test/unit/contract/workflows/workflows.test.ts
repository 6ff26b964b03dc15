import { describe, expect, test } from 'vitest';
import { parseRunTask } from '#contract/workflows/run-task.ts';
import { runBody } from '#contract/workflows/workflow-runs.ts';
import { parseWorkflow, workflowBody } from '#contract/workflows/workflows.ts';
import { workflowOf } from '#test/support/workflows/workflow-ports.ts';

const rule = { allowsHttp: false };
const wait = { type: 'wait', for: { hours: 1 } };

const parse = (about: object) =>
  parseWorkflow({ name: 'Welcome', eventTypeKey: 'joined', steps: [wait], ...about }, rule);

const messageOf = (about: object): string => {
  try {
    parse(about);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('a workflow that is sent', () => {
  test('has an id for each step, and what is usual where nothing is said', () => {
    const steps = [wait, { id: 'mine', ...wait }, { type: 'waitForEvent', eventTypeKey: 'x', timeout: { days: 1 } }];

    expect(parse({ steps })).toEqual({
      name: 'Welcome',
      eventTypeKey: 'joined',
      uniqueness: 'each',
      isEnabled: true,
      steps: [
        { id: 'step1', ...wait },
        { id: 'mine', ...wait },
        {
          id: 'step3',
          type: 'waitForEvent',
          eventTypeKey: 'x',
          timeout: { days: 1 },
          onEvent: 'continue',
          onTimeout: 'end',
        },
      ],
    });
  });

  test('may be the answer about one, with whatever that says beside', () => {
    const answer = workflowBody(workflowOf({ webhookSecretNumber: 2 }), ['whsec_x', 'whsec_former']);

    expect(answer).toMatchObject({ webhookSecret: 'whsec_x', formerWebhookSecret: 'whsec_former' });
    expect(parse(answer)).toMatchObject({
      name: 'Welcome',
      version: 1,
      webhookSecretNumber: 2,
      steps: workflowOf().steps,
    });
  });

  test.each([
    [{ name: '' }, 'name must have at least 1 characters'],
    [{ eventTypeKey: 'x'.repeat(101) }, 'eventTypeKey must have at most 100 characters'],
    [{ steps: [] }, 'steps must have at least 1 items'],
    [{ steps: Array(51).fill(wait) }, 'steps must have at most 50 items'],
    [{ steps: [{ type: 'dance' }] }, 'steps[0].type must be one of createContact, updateContact'],
    [{ steps: [{ ...wait, fro: 1 }] }, 'steps[0] must have no fro'],
    [{ steps: [{ type: 'wait', for: {} }] }, 'steps[0].for must be at least a second'],
    [{ steps: [{ type: 'wait', for: { weeks: 1 } }] }, 'steps[0].for must have no weeks'],
    [{ steps: [{ type: 'wait', for: { days: 301 } }] }, 'steps must wait for at most 300 days together'],
    [
      {
        steps: [
          { id: 'a', ...wait },
          { id: 'a', ...wait },
        ],
      },
      "steps must have unique ids, and 'a' comes twice",
    ],
    [{ uniqueness: 'twice' }, 'uniqueness must be each, once, or'],
    [{ uniqueness: { oncePer: {} } }, 'oncePer must be at least a second'],
    [
      { steps: [{ type: 'waitForEvent', eventTypeKey: 'x', timeout: { days: 1 }, onEvent: 'stop' }] },
      'steps[0].onEvent must be continue, end, or',
    ],
    [
      { steps: [{ type: 'condition', check: 'contactConfirmed', onFalse: { goTo: 'step1' } }] },
      'steps[0].onFalse.goTo must be the id of a later step',
    ],
    [
      { steps: [{ type: 'updateFields', fields: [1, 1].map((id) => ({ id, operation: '=', value: '' })) }] },
      'steps[0].fields must name each field once',
    ],
    [{ steps: [{ type: 'sendEmail', subject: 'Hello' }] }, 'steps[0] must have either messageId or a subject'],
    [{ steps: [{ type: 'sendEmail', messageId: 1, text: 'x' }] }, 'steps[0] must have either messageId or a subject'],
    [
      { steps: [{ type: 'callWebhook', url: 'http://crm.example/' }] },
      'steps[0].url: The link must begin with https://',
    ],
    [{ steps: [{ type: 'callWebhook', url: 'https://${host}/' }] }, 'steps[0].url must have a host that is the same'],
    [{ steps: [{ type: 'callWebhook', url: 'ftp://crm.example/' }] }, 'steps[0].url must have a host'],
    [
      {
        steps: [{ type: 'sendEmail', subject: 'x', text: 'x'.repeat(99_999) }, wait, wait].flatMap((one) => [one, one]),
      },
      '',
    ],
    [
      { steps: Array.from({ length: 3 }, () => ({ type: 'sendEmail', subject: 'x', text: 'x'.repeat(99_999) })) },
      'steps must have at most 200000 characters',
    ],
  ])('%j is refused: %s', (about, message) => {
    expect(messageOf(about)).toContain(message);
  });

  test('takes a link with parameters in its path and query', () => {
    const url = 'https://crm.example/contacts/${ContactId}?email=${EmailAddress}';

    expect(messageOf({ steps: [{ type: 'callWebhook', url }] })).toBe('');
  });
});

describe('a task of the state machine', () => {
  const runId = '3f2b8f0e-6c1d-4b6e-8a41-0d5a1c2b3d4e';
  const over = { runId, stepId: 'pause', until: '2026-01-05T12:00:00.000Z' };

  test.each([
    [{ runId }, { kind: 'run', runId }],
    [
      { ...over, kind: 'goOn' },
      { kind: 'run', runId },
    ],
    [
      { ...over, kind: 'wait' },
      { kind: 'run', runId, waited: { stepId: 'pause', until: over.until } },
    ],
    [
      { ...over, kind: 'awaitEvent', timeoutSeconds: 5 },
      { kind: 'run', runId },
    ],
    [
      { ...over, kind: 'awaitEvent', timeout: { Error: 'States.Timeout', Cause: '' } },
      { kind: 'run', runId, waited: { stepId: 'pause', until: over.until } },
    ],
    [
      { runId, stepId: 'pause', taskToken: 'T' },
      { kind: 'await', runId, stepId: 'pause', token: 'T' },
    ],
    [
      { runId, failure: { Error: 'Sandbox.Timedout', Cause: '' } },
      { kind: 'give up', runId, errorName: 'Sandbox.Timedout' },
    ],
  ])('%j means %j', (task, meaning) => {
    expect(parseRunTask(task)).toEqual(meaning);
  });

  test('that names no run is none', () => {
    expect(() => parseRunTask({ runId: 'x' })).toThrow();
  });
});

test('a run that was forgotten can be shown, too', () => {
  const at = '2026-01-05T12:00:00.000Z';
  const event = { eventId: 'e', eventTypeKey: 'joined', params: {}, occurredAt: at };
  const run = {
    runId: 'r',
    workflowId: 'w',
    workflowVersion: 1,
    state: 'stopped',
    cursor: 0,
    steps: [],
    revision: 2,
  } as const;

  expect(runBody({ ...run, event, startedAt: at, updatedAt: at, expiresAt: at })).toEqual({
    ...{ runId: 'r', workflowId: 'w', workflowVersion: 1, state: 'stopped', eventTypeKey: 'joined' },
    ...{ startedAt: at, updatedAt: at, steps: [] },
    event: { eventId: 'e', params: {}, occurredAt: at },
  });
});
