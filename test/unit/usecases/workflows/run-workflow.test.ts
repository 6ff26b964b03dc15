import { describe, expect, test } from 'vitest';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import type { Turn, WorkflowStep } from '#domain/workflows/workflow.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';
import { arranged, segmentsOf, stored } from '#test/support/workflows/workflow-arrangement.ts';
import {
  carryOn,
  deliver,
  type emptyWorkflowMemory,
  eventOf,
  noon,
  play,
  storeWorkflow,
  strangersEvent,
  tokenOf,
  type WorkflowTestPorts,
  workflowPorts,
} from '#test/support/workflows/workflow-ports.ts';
import { awaitEvent } from '#usecases/workflows/await-event.ts';
import { giveUpRun } from '#usecases/workflows/give-up-run.ts';
import { deleteWorkflow, saveWorkflow } from '#usecases/workflows/manage-workflows.ts';
import { runWorkflow } from '#usecases/workflows/run-workflow.ts';

const mark = (name: string): WorkflowStep => ({ id: `mark-${name}`, type: 'addToSegment', segment: name });

const confirmation = (turns: { onEvent?: Turn; onTimeout?: Turn } = {}): WorkflowStep => ({
  id: 'confirmed',
  type: 'waitForEvent',
  eventTypeKey: 'SysContactConfirmed',
  timeout: { hours: 72 },
  onEvent: 'continue',
  onTimeout: 'end',
  ...turns,
});

const confirmed = (about: object = {}) =>
  eventOf({
    eventId: 'confirmed-1',
    eventTypeKey: 'SysContactConfirmed',
    occurredAt: hoursAfter(noon, 1),
    ...about,
  });

/** Delivers the launching event and returns its run's id. */
const launch = async (ports: WorkflowTestPorts): Promise<string> => (await deliver(ports, eventOf())).runIds[0] ?? '';

const runOf = ({ memory }: WorkflowTestPorts, runId: string) => memory.runs.get(runId);

describe('waiting for a while', () => {
  test('goes on after it, and says since when and until when it waited', async () => {
    const ports = await arranged([{ id: 'pause', type: 'wait', for: { days: 1, hours: 2 } }, mark('Late')]);
    const runId = await launch(ports);

    const move = await runWorkflow(ports, runId);
    const waiting = runOf(ports, runId);
    const early = await runWorkflow(ports, runId);
    await carryOn(ports, runId);

    const until = hoursAfter(noon, 26);
    expect(move).toEqual({ kind: 'wait', stepId: 'pause', until });
    expect(early).toEqual(move);
    expect(waiting).toMatchObject({ state: 'waiting', steps: [{ outcome: 'waiting', startedAt: noon, until }] });
    expect(runOf(ports, runId)).toMatchObject({ state: 'done', finishedAt: until, steps: [{ outcome: 'done' }, {}] });
    expect(await segmentsOf(ports)).toEqual(['Late']);
  });

  test('believes whoever waited that it is over, of this very waiting only', async () => {
    const ports = await arranged([{ id: 'pause', type: 'wait', for: { hours: 2 } }, mark('Late')]);
    const runId = await launch(ports);
    await runWorkflow(ports, runId);

    const stale = await runWorkflow(ports, runId, { stepId: 'pause', until: hoursAfter(noon, 1) });
    const move = await runWorkflow(ports, runId, { stepId: 'pause', until: hoursAfter(noon, 2) });

    expect([stale.kind, move.kind]).toEqual(['wait', 'end']);
  });
});

describe('waiting for an event', () => {
  test('is woken by it and goes on', async () => {
    const ports = await arranged([confirmation(), mark('Confirmed')]);
    const runId = await launch(ports);
    const move = await carryOn(ports, runId);

    const { woken } = await deliver(ports, confirmed());
    await carryOn(ports, runId);

    expect(move).toEqual({ kind: 'awaitEvent', stepId: 'confirmed', until: hoursAfter(noon, 72) });
    expect([woken, ports.memory.woken]).toEqual([1, [tokenOf({ stepId: 'confirmed', until: '' })]]);
    expect(runOf(ports, runId)).toMatchObject({
      state: 'done',
      steps: [{ outcome: 'heard', result: { eventId: 'confirmed-1' } }, { outcome: 'done' }],
    });
    expect(await segmentsOf(ports)).toEqual(['Confirmed']);
    expect(ports.memory.awaited.size).toBe(0);
  });

  test.each([
    ['before the step was met', 0],
    ['before anybody could be woken', 1],
  ])('hears an event that came %s', async (_, movesBefore) => {
    const pause: WorkflowStep = { id: 'pause', type: 'wait', for: { hours: 2 } };
    const ports = await arranged([pause, confirmation(), mark('Confirmed')]);
    const runId = await launch(ports);
    const move = movesBefore === 0 ? undefined : await runWorkflow(ports, runId);

    await deliver(ports, confirmed());
    await carryOn(ports, runId, move as never);

    expect(runOf(ports, runId)).toMatchObject({ state: 'done' });
    expect(await segmentsOf(ports)).toEqual(['Confirmed']);
  });

  test('wakes itself where the event comes between its last look and its token', async () => {
    const ports = await arranged([confirmation()]);
    const runId = await launch(ports);
    await runWorkflow(ports, runId);

    await deliver(ports, confirmed());
    await awaitEvent(ports, { runId, stepId: 'confirmed', token: 'late' });

    expect(ports.memory.woken).toEqual(['late']);
  });

  test.each([
    ['another contact', { contactId: 8 }],
    ['another type', { eventTypeKey: 'SysContactErased' }],
    ['the time before the launch', { occurredAt: hoursAfter(noon, -1) }],
    ['a caller, who cannot speak for the system', { origin: 'caller' }],
  ])('does not hear an event of %s', async (_, about) => {
    const ports = await arranged([confirmation()]);
    await carryOn(ports, await launch(ports));

    expect((await deliver(ports, confirmed(about))).woken).toBe(0);
    expect(ports.memory.woken).toEqual([]);
  });

  test('knows the types of the system in any case of their letters, and those of callers in one only', async () => {
    const own = { ...confirmation(), id: 'paid', eventTypeKey: 'Paid' } as WorkflowStep;
    const ports = await arranged([{ ...confirmation(), eventTypeKey: 'syscontactCONFIRMED' } as WorkflowStep, own]);
    const runId = await launch(ports);
    await carryOn(ports, runId);

    await deliver(ports, confirmed());
    await carryOn(ports, runId);
    await deliver(ports, confirmed({ eventId: 'paid-1', eventTypeKey: 'paid' }));
    const between = runOf(ports, runId)?.state;
    await deliver(ports, confirmed({ eventId: 'paid-2', eventTypeKey: 'Paid' }));
    await carryOn(ports, runId);

    expect(between).toBe('waiting');
    expect(runOf(ports, runId)?.steps.map(({ outcome }) => outcome)).toEqual(['heard', 'heard']);
  });

  test('takes each event once: a second wait for the type takes the next event, and no repeat of the first', async () => {
    const ports = await arranged([confirmation(), { ...confirmation(), id: 'again' } as WorkflowStep]);
    const runId = await launch(ports);
    await carryOn(ports, runId);
    await deliver(ports, confirmed());
    await deliver(ports, confirmed());
    await carryOn(ports, runId);

    await deliver(ports, confirmed());
    const afterRepeat = runOf(ports, runId)?.cursor;
    await deliver(ports, confirmed({ eventId: 'confirmed-2' }));
    await carryOn(ports, runId);

    expect(afterRepeat).toBe(1);
    expect(runOf(ports, runId)?.steps.map(({ result }) => result?.eventId)).toEqual(['confirmed-1', 'confirmed-2']);
  });

  test('does not take the event that launched it, of which it may wait for another', async () => {
    const ports = await arranged([{ ...confirmation(), eventTypeKey: 'joined' } as WorkflowStep]);
    const runId = await launch(ports);
    await carryOn(ports, runId);

    await deliver(ports, eventOf());
    const move = await carryOn(ports, runId);

    expect(move.kind).toBe('awaitEvent');
  });

  test.each([
    ['end', []],
    ['continue', ['Reminded', 'Both']],
    [{ goTo: 'mark-Both' }, ['Both']],
  ] as const)('goes to %j once its time is over', async (onTimeout, segments) => {
    const ports = await arranged([confirmation({ onTimeout }), mark('Reminded'), mark('Both')]);
    const runId = await launch(ports);
    const move = await carryOn(ports, runId);

    await carryOn(ports, runId, move as never);

    expect(runOf(ports, runId)?.steps[0]).toMatchObject({ outcome: 'timedOut' });
    expect((await segmentsOf(ports)).toSorted()).toEqual(segments.toSorted());
  });

  test('lets the event win where it came before anybody said that time is over', async () => {
    const ports = await arranged([confirmation(), mark('Confirmed')]);
    const runId = await launch(ports);
    const move = await carryOn(ports, runId);

    await deliver(ports, confirmed());
    await carryOn(ports, runId, move as never);

    expect(await segmentsOf(ports)).toEqual(['Confirmed']);
  });

  test('waits for nobody where nobody is known', async () => {
    const ports = await arranged([confirmation({ onTimeout: 'continue' })]);

    const run = await play(ports, strangersEvent({ email: 'jane@example.com' }));

    expect(run).toMatchObject({ state: 'done', steps: [{ outcome: 'skipped', problem: { code: 'NO_CONTACT' } }] });
  });

  test('hears about a contact that the run itself created', async () => {
    const ports = await arranged([{ id: 'create', type: 'createContact' }, confirmation(), mark('Confirmed')]);
    const { runIds } = await deliver(ports, strangersEvent({ email: 'jane@example.com' }));
    const runId = runIds[0] ?? '';
    await carryOn(ports, runId);
    const contactId = runOf(ports, runId)?.contactId ?? 0;

    const { woken } = await deliver(ports, confirmed({ contactId }));

    expect(woken).toBe(1);
  });
});

describe('the condition Contact confirmed', () => {
  const condition = (turns: { onTrue: Turn; onFalse: Turn }): WorkflowStep => ({
    id: 'check',
    type: 'condition',
    check: 'contactConfirmed',
    ...turns,
  });

  test.each([
    [true, ['Yes', 'Both']],
    [false, ['No', 'Both']],
  ])('goes its ways for a contact that is confirmed: %s', async (isConfirmed, segments) => {
    const steps = [
      condition({ onTrue: 'continue', onFalse: { goTo: 'mark-No' } }),
      { ...mark('Yes') },
      { ...condition({ onTrue: { goTo: 'mark-Both' }, onFalse: 'end' }), id: 'jump' } as WorkflowStep,
      mark('No'),
      mark('Both'),
    ];
    const ports = await arranged(steps, { contact: contactOf({ confirmed: isConfirmed }) });

    await play(ports);

    expect((await segmentsOf(ports)).toSorted()).toEqual(segments.toSorted());
  });

  test('finds whoever the event names by an address, and takes nobody for confirmed who is not known', async () => {
    const steps = [condition({ onTrue: 'continue', onFalse: 'end' }), mark('Yes')];
    const ports = await arranged(steps, { contact: contactOf({ confirmed: true }) });
    const known = await play(ports, strangersEvent({ EMAIL: 'John@example.com' }));
    const unknown = await play(ports, strangersEvent({ email: 'jane@example.com' }, { eventId: 'event-2' }));

    expect(known).toMatchObject({ contactId: 7, steps: [{ result: { holds: true } }, { outcome: 'done' }] });
    expect(unknown).toMatchObject({ state: 'done', steps: [{ result: { holds: false } }] });
  });
});

describe('messages', () => {
  const email = (about: object = {}): WorkflowStep => ({
    id: 'mail',
    type: 'sendEmail',
    subject: 'Hello ${contact.firstName}',
    html: '<p>${emailaddress} <a href="${confirmationLink}">yes</a></p>',
    obligatory: true,
    ...about,
  });

  test('are queued to the contact of the run with what their texts ask for', async () => {
    const ports = await arranged([email()]);

    const run = await play(ports);

    const [message] = [...ports.memory.messages.values()];
    expect(run?.steps[0]).toMatchObject({ outcome: 'done', result: { requestId: message?.requestId, contactId: 7 } });
    expect(ports.memory.queuedMessages.map(({ requestId }) => requestId)).toEqual([message?.requestId]);
    expect(message?.task).toMatchObject({
      to: 'john@example.com',
      params: {
        emailaddress: 'john@example.com',
        contact: { firstName: 'John' },
        confirmationLink: expect.stringMatching(/^https:\/\/shop\.example\/confirm\?/),
      },
    });
    expect(message?.task?.params).not.toHaveProperty('ContactId');
  });

  test.each([
    [true, 'done'],
    [false, 'skipped'],
  ])('go to an unconfirmed address where they are obligatory: %s, so that they are %s', async (obligatory, outcome) => {
    const ports = await arranged([email({ obligatory })]);

    const run = await play(ports);

    expect(run?.steps[0]?.outcome).toBe(outcome);
    expect(ports.memory.messages.size).toBe(obligatory ? 1 : 0);
  });

  test('never go to a blacklisted address', async () => {
    const ports = await arranged([email()]);
    await ports.suppressions.add([{ address: 'john@example.com', reason: 'blacklisted', since: noon }]);

    const run = await play(ports);

    expect(run).toMatchObject({ state: 'done', steps: [{ outcome: 'skipped', problem: { code: 'MESSAGE_REFUSED' } }] });
  });

  test('go to the address that the step names, and make a contact of whoever the event names', async () => {
    const sms: WorkflowStep = { id: 'text', type: 'sendSms', to: '${manager}', text: 'New: ${email}' };
    const ports = await arranged([sms, email()]);

    const run = await play(ports, strangersEvent({ email: 'jane@example.com', manager: '+380942583691' }));

    const tasks = [...ports.memory.messages.values()].map(({ task }) => task);
    expect(tasks).toMatchObject([
      { to: '380942583691', params: { email: 'jane@example.com' } },
      { to: 'jane@example.com' },
    ]);
    expect(await stored(ports, run?.contactId)).toMatchObject({ email: 'jane@example.com', source: 'CAMPAIGN' });
  });

  test('are left out where the address is none, and fail where the stored message does not exist', async () => {
    const ports = await arranged([email({ to: '${nothing}' }), email({ id: 'stored', messageId: 99 })]);

    const run = await play(ports);

    expect(run).toMatchObject({
      state: 'failed',
      steps: [{ outcome: 'skipped', problem: { code: 'INVALID_ADDRESS' } }, { outcome: 'failed' }],
      problem: { code: 'UNKNOWN_MESSAGE' },
    });
  });
});

describe('a webhook', () => {
  const hook: WorkflowStep = { id: 'hook', type: 'callWebhook', url: 'https://crm.example/hooks?who=${ContactId}' };

  test('is told of the run, signed by the secret of its workflow, under one id', async () => {
    const ports = await arranged([hook]);

    const run = await play(ports);

    const [call] = ports.memory.calls;
    expect(call).toMatchObject({
      url: 'https://crm.example/hooks?who=7',
      deliveryId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(JSON.parse(call?.body ?? '')).toEqual({
      type: 'joined',
      timestamp: noon,
      data: {
        workflowId: 'welcome',
        workflowVersion: 1,
        runId: run?.runId,
        stepId: 'hook',
        contactId: 7,
        eventId: 'event-1',
        keyValue: '7',
        params: { ContactId: 7, EmailAddress: 'john@example.com' },
      },
    });
    expect(Buffer.from(call?.secrets[0]?.replace('whsec_', '') ?? '', 'base64')).toHaveLength(32);
    expect(run?.steps[0]).toMatchObject({ outcome: 'done', attempts: 1, result: { status: 200 } });
  });

  test('is tried again under the same id where it failed for the time being, later each time and as it was asked to', async () => {
    const ports = await arranged([hook]);
    const later = { kind: 'later', reason: 'The receiver answered 503' } as const;
    ports.memory.answers.push(later, { ...later, retryAfterSeconds: 600 });

    const run = await play(ports);

    const times = ports.memory.calls.map(({ sentAt }) => (Date.parse(sentAt) - Date.parse(noon)) / 1000);
    expect(times).toEqual([0, 10, 610]);
    expect(new Set(ports.memory.calls.map(({ deliveryId, body }) => deliveryId + body)).size).toBe(1);
    expect(run).toMatchObject({ state: 'done', steps: [{ outcome: 'done', attempts: 3 }] });
  });

  test('fails its run after a day of attempts, and at once where it is refused', async () => {
    const tired = await arranged([hook, mark('Never')]);
    tired.memory.answers.push(...Array.from({ length: 20 }, () => ({ kind: 'later', reason: 'x' }) as const));
    const refusing = await arranged([hook, mark('Never')]);
    refusing.memory.answers.push({ kind: 'refused', reason: 'The receiver answered 410' });

    const runs = [await play(tired), await play(refusing)];

    expect(runs).toMatchObject([
      { state: 'failed', problem: { code: 'WEBHOOK_UNREACHABLE' }, steps: [{ outcome: 'failed', attempts: 9 }] },
      { state: 'failed', problem: { code: 'WEBHOOK_REFUSED' }, steps: [{ outcome: 'failed', attempts: 1 }] },
    ]);
    expect(runs.map((run) => run?.problem?.message.includes('410'))).toEqual([false, true]);
    expect([...(await segmentsOf(tired)), ...(await segmentsOf(refusing))]).toEqual([]);
  });

  test('shows each workflow a secret of its own', async () => {
    const ports = await arranged([hook]);
    await storeWorkflow(ports, [hook], { id: 'other' });

    await Promise.all((await deliver(ports, eventOf())).runIds.map((runId) => carryOn(ports, runId)));

    const secrets = ports.memory.calls.flatMap((call) => call.secrets);
    expect(secrets).toHaveLength(2);
    expect(new Set(secrets).size).toBe(2);
  });

  test('is signed with the secret that is new and the one before, also in runs that began before it was replaced', async () => {
    const pause: WorkflowStep = { id: 'pause', type: 'wait', for: { hours: 1 } };
    const ports = await arranged([hook, pause, { ...hook, id: 'later' }]);
    const runId = await launch(ports);
    const waited = await runWorkflow(ports, runId);
    const definition = { name: 'Welcome', eventTypeKey: 'joined', uniqueness: 'each' } as const;
    const replaced = { ...definition, isEnabled: true, steps: [mark('New')], webhookSecretNumber: 2 };
    const { version } = await saveWorkflow(ports, 'welcome', replaced);

    if (waited.kind === 'wait') await runWorkflow(ports, runId, waited);

    const [first, later] = ports.memory.calls.map(({ secrets }) => secrets);
    expect(version).toBe(2);
    expect([first?.length, later?.length]).toEqual([1, 2]);
    expect(later?.[1]).toBe(first?.[0]);
    expect(later?.[0]).not.toBe(first?.[0]);
  });
});

describe('a run', () => {
  test('keeps to the version that it was launched with, whatever becomes of its workflow but its end', async () => {
    const pause: WorkflowStep = { id: 'pause', type: 'wait', for: { hours: 1 } };
    const ports = await arranged([pause, mark('Old')]);
    const old = await launch(ports);
    const waited = await runWorkflow(ports, old);
    const definition = { name: 'Welcome', eventTypeKey: 'joined', uniqueness: 'each' } as const;

    await saveWorkflow(ports, 'welcome', { ...definition, steps: [pause, mark('New')], isEnabled: false });
    await carryOn(ports, old, waited as never);

    expect(await segmentsOf(ports)).toEqual(['Old']);
  });

  test('stops at its next step once its workflow is deleted', async () => {
    const ports = await arranged([{ id: 'pause', type: 'wait', for: { hours: 1 } }, mark('Never')]);
    const runId = await launch(ports);
    await runWorkflow(ports, runId);

    await deleteWorkflow(ports, 'welcome');
    const move = await carryOn(ports, runId);

    expect(move.kind).toBe('end');
    expect(runOf(ports, runId)).toMatchObject({ state: 'stopped', problem: { code: 'WORKFLOW_DELETED' } });
    expect(await segmentsOf(ports)).toEqual([]);
  });

  test('is noted as failed where the function that runs it is given up on, and stays over where it was over', async () => {
    const ports = await arranged([mark('Welcomed')]);
    const runId = await launch(ports);

    await giveUpRun(ports, { runId, errorName: 'Sandbox.Timedout' });
    const failed = runOf(ports, runId);
    await giveUpRun(ports, { runId, errorName: 'Error' });
    const move = await runWorkflow(ports, runId);

    expect(failed).toMatchObject({
      state: 'failed',
      problem: { code: 'STEP_CRASHED' },
      steps: [{ outcome: 'failed' }],
    });
    expect(runOf(ports, runId)).toEqual(failed);
    expect(move).toEqual({ kind: 'fail' });
  });

  test('hands the rest over where its time is nearly up', async () => {
    const ports = await arranged(Array.from({ length: 30 }, (_, index) => mark(String(index))));
    const runId = await launch(ports);
    let looks = 0;
    const slow = { ...ports, now: () => new Date(Date.parse(noon) + looks++ * 1000).toISOString() };

    const move = await runWorkflow(slow, runId);

    expect(move).toEqual({ kind: 'goOn' });
    expect(runOf(ports, runId)?.cursor).toBeGreaterThan(0);
    expect(runOf(ports, runId)?.cursor).toBeLessThan(30);
  });

  test('forgets what its event said once its contact is erased, and stops', async () => {
    const ports = await arranged([{ id: 'pause', type: 'wait', for: { hours: 1 } }, confirmation(), mark('Never')], {
      uniqueness: 'once',
    });
    const runId = await launch(ports);
    await runWorkflow(ports, runId);

    await ports.workflowRuns.forget(7);
    await carryOn(ports, runId);

    expect(runOf(ports, runId)).toMatchObject({ state: 'stopped', event: { params: {} } });
    expect(JSON.stringify(runOf(ports, runId))).not.toContain('john@example.com');
    expect([ports.memory.awaited.size, ports.memory.launches.size]).toEqual([0, 0]);
  });
});

/** A workflow with every kind of step that does something. */
const everything: WorkflowStep[] = [
  { id: 'create', type: 'createContact' },
  { id: 'update', type: 'updateContact' },
  {
    id: 'fields',
    type: 'updateFields',
    fields: [
      { id: 20, operation: '+', value: '1' },
      { id: 22, operation: '=', value: 'card' },
    ],
  },
  { id: 'confirm', type: 'confirmContact', segment: 'Subscribers' },
  { id: 'add', type: 'addToSegment', segment: 'Welcomed' },
  { id: 'remove', type: 'removeFromSegment', segment: 'Subscribers' },
  { id: 'mail', type: 'sendEmail', subject: 'Hello', text: '${confirmationLink}', obligatory: true },
  { id: 'text', type: 'sendSms', text: 'Hello' },
  { id: 'hook', type: 'callWebhook', url: 'https://crm.example/' },
  { id: 'pause', type: 'wait', for: { minutes: 1 } },
  confirmation(),
  mark('Confirmed'),
];

const janes = strangersEvent({
  email: 'jane@example.com',
  phone: '+380942583691',
  json: JSON.stringify({ firstname: 'Jane', profileInputs: [{ profileInputId: 20, value: '5' }] }),
});

/** Plays everything to its end, whoever dies on the way: whatever the machine and the queue would repeat is repeated. */
const playStubbornly = async (memory: ReturnType<typeof emptyWorkflowMemory>, die: () => void): Promise<number> => {
  let deaths = 0;
  const dying = { ...workflowPorts({ memory, step: async () => die() }), publishesSegmentChanges: true };
  const persist = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Error) || error.message !== 'died') throw error;
        deaths += 1;
      }
    }
  };
  const { runIds } = await persist(() => deliver(dying, janes));
  const runId = runIds[0] ?? '';
  await persist(() => carryOn(dying, runId));
  const contactId = memory.runs.get(runId)?.contactId ?? 0;
  await persist(() => deliver(dying, confirmed({ contactId, occurredAt: hoursAfter(noon, 2) })));
  await persist(() => carryOn(dying, runId));
  return deaths;
};

/** What is left of a workflow for the world to see, without times. */
const traces = (memory: ReturnType<typeof emptyWorkflowMemory>) => ({
  contacts: [...memory.contacts.values()].map(({ firstName, email, sms, fields, confirmed: flag, source }) => ({
    ...{ firstName, email, sms, fields, confirmed: flag, source },
  })),
  segments: [...memory.segments.values()].map(({ name }) => name),
  memberships: memory.memberships.size,
  events: new Set(memory.published.map(({ eventId }) => eventId)).size,
  messages: [...memory.messages.keys()],
  deliveries: new Set(memory.calls.map(({ deliveryId }) => deliveryId)).size,
  runs: [...memory.runs.values()].map(({ state, steps }) => [state, steps.map(({ outcome }) => outcome)]),
});

test('every step can die after any of its operations: its repeat ends in the same, and what counts is done once', async () => {
  const arrangedMemory = async () => {
    const { memory } = await arranged(everything);
    return memory;
  };
  const untouched = await arrangedMemory();
  let operations = 0;
  await playStubbornly(untouched, () => {
    operations += 1;
  });
  const expected = traces(untouched);

  for (let last = 0; last < operations; last++) {
    const memory = await arrangedMemory();
    let left = last;
    const deaths = await playStubbornly(memory, () => {
      if (left-- === 0) throw new Error('died');
    });
    expect(deaths).toBe(1);
    expect(traces(memory)).toEqual(expected);
  }

  expect(operations).toBeGreaterThan(100);
  expect(expected).toMatchObject({
    contacts: [
      { firstName: 'John' },
      {
        email: 'jane@example.com',
        confirmed: true,
        fields: [
          { id: 20, value: '6' },
          { id: 22, value: 'card' },
        ],
      },
    ],
    runs: [['done', expect.arrayContaining(['heard'])]],
  });
});
