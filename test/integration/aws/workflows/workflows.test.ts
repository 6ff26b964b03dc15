import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contactStore } from '#aws/contacts/contact-store.ts';
import { awaitedEventsOn } from '#aws/events/awaited-events.ts';
import { onceWritesOn } from '#aws/table/once-writes.ts';
import { workflowLaunchesOn } from '#aws/workflows/workflow-launches.ts';
import { workflowRunsOn } from '#aws/workflows/workflow-runs.ts';
import { workflowStoreOn } from '#aws/workflows/workflow-store.ts';
import type { PageRequest } from '#domain/page.ts';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import type { RunFilter, WorkflowRuns } from '#domain/workflows/ports.ts';
import type { WorkflowStep } from '#domain/workflows/workflow.ts';
import type { WorkflowRun } from '#domain/workflows/workflow-run.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { loseAnswers, throttleAttempts } from '#test/support/faults.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { noon, workflowOf } from '#test/support/workflows/workflow-ports.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const openTable = async () => {
  const client = new DynamoDBClient(clientFor(engine));
  return { client, tableName: await createTable(client) };
};

const onTable = async () => {
  const { client, tableName } = await openTable();
  return {
    client,
    contacts: contactStore(client, tableName),
    workflows: workflowStoreOn(client, tableName),
    workflowRuns: workflowRunsOn(client, tableName, () => Date.parse(noon)),
    workflowLaunches: workflowLaunchesOn(client, tableName),
    awaitedEvents: awaitedEventsOn(client, tableName),
    onceWrites: onceWritesOn(client, tableName),
  };
};

type Ports = Omit<Awaited<ReturnType<typeof onTable>>, 'client'>;

const kinds: Record<string, () => Promise<Ports>> = { memory: async () => memoryPorts(), DynamoDB: onTable };

const runOf = (about: Partial<WorkflowRun> = {}): WorkflowRun => ({
  runId: 'run-1',
  workflowId: 'welcome',
  workflowVersion: 1,
  state: 'running',
  event: {
    eventId: 'event-1',
    eventTypeKey: 'joined',
    keyValue: 'john@example.com',
    params: { EmailAddress: 'john@example.com', nested: { list: ['', null, 1.5] } },
    occurredAt: noon,
  },
  contactId: 7,
  cursor: 0,
  steps: [],
  startedAt: noon,
  updatedAt: noon,
  revision: 1,
  expiresAt: hoursAfter(noon, 24),
  ...about,
});

const waitFor = (eventTypeKey: string): WorkflowStep => ({
  id: 'hear',
  type: 'waitForEvent',
  eventTypeKey,
  timeout: { hours: 1 },
  onEvent: 'continue',
  onTimeout: 'end',
});

describe.each(Object.entries(kinds))('workflows, in %s', (_, open) => {
  test('are found by id and version, and listed by id with what they are bound to', async () => {
    const { workflows } = await open();
    const waits = waitFor('SysContactConfirmed');
    await workflows.save(workflowOf({ webhookSecretNumber: 2 }), 0);
    await workflows.save(workflowOf({ id: 'later', steps: [waits], uniqueness: { oncePer: { hours: 1 } } }), 0);

    const found = await workflows.find('welcome');
    const bindings = await workflows.bindings();

    const { steps, ...head } = workflowOf({ webhookSecretNumber: 2 });
    expect(found).toEqual({ ...head, steps });
    expect(bindings).toEqual([
      expect.objectContaining({ id: 'later', awaits: ['syscontactconfirmed'], longestSeconds: 3600 }),
      { ...head, awaits: [], longestSeconds: 0 },
    ]);
    expect(await workflows.findVersion('welcome', 1)).toMatchObject({ definition: { steps }, webhookSecretNumber: 2 });
    expect(await workflows.findVersion('welcome', 2)).toBeUndefined();
    expect(await workflows.find('nobody')).toBeUndefined();
    expect(await workflows.lastVersion('nobody')).toEqual({ version: 0, revision: 0 });
  });

  test('are saved on the revision that was read, keep their versions, and remember what any of them waited for', async () => {
    const { workflows } = await open();
    const waits = waitFor('Paid');
    await workflows.save(workflowOf({ steps: [waits] }), 0);

    const verdicts = await Promise.all([
      workflows.save(workflowOf({ name: 'A', version: 2, revision: 2 }), 1),
      workflows.save(workflowOf({ name: 'B', version: 2, revision: 2 }), 1),
      workflows.save(workflowOf(), 0),
    ]);

    const current = await workflows.find('welcome');
    expect(verdicts.toSorted()).toEqual([false, false, true]);
    expect((await workflows.findVersion('welcome', 2))?.definition.name).toBe(current?.name);
    expect((await workflows.findVersion('welcome', 1))?.definition.steps).toEqual([waits]);
    expect((await workflows.bindings())[0]?.awaits).toEqual(['Paid']);
  });

  test('are removed as they were read, and count on from where they were', async () => {
    const { workflows } = await open();
    await workflows.save(workflowOf(), 0);

    const verdicts = [
      await workflows.remove(workflowOf({ revision: 9 })),
      await workflows.remove(workflowOf()),
      await workflows.remove(workflowOf()),
    ];

    expect(verdicts).toEqual([false, true, false]);
    expect([await workflows.find('welcome'), await workflows.bindings()]).toEqual([undefined, []]);
    expect(await workflows.findVersion('welcome', 1)).toMatchObject({ isDeleted: true });
    expect(await workflows.lastVersion('welcome')).toEqual({ version: 1, revision: 2 });
    expect(await workflows.save(workflowOf({ version: 2, revision: 3 }), 2)).toBe(true);
    expect(await workflows.findVersion('welcome', 1)).toMatchObject({ isDeleted: false });
  });
});

const listed = async (runs: WorkflowRuns, filter: RunFilter, page: PageRequest = { limit: 100 }) => {
  const { items } = await runs.list(filter, page);
  return items.map(({ runId }) => runId);
};

describe.each(Object.entries(kinds))('runs, in %s', (_, open) => {
  test('begin once, whoever begins them', async () => {
    const { workflowRuns } = await open();

    const begun = await Promise.all(
      Array.from({ length: 10 }, (_, index) => workflowRuns.begin(runOf({ startedAt: hoursAfter(noon, index) }))),
    );

    expect(new Set(begun.map(({ startedAt }) => startedAt)).size).toBe(1);
    expect(await workflowRuns.find('run-1')).toEqual(begun[0]);
    expect(await workflowRuns.find('run-2')).toBeUndefined();
  });

  test('are written on the revision that was read, and never what their event said', async () => {
    const { workflowRuns } = await open();
    await workflowRuns.begin(runOf());
    const step = {
      id: 'pause',
      type: 'wait',
      outcome: 'waiting',
      startedAt: noon,
      until: hoursAfter(noon, 1),
    } as const;
    const next = runOf({ state: 'waiting', steps: [step], revision: 2, updatedAt: hoursAfter(noon, 1) });

    const verdicts = await Promise.all([
      workflowRuns.note({ ...next, event: { ...next.event, params: {} } }, 1),
      workflowRuns.note(next, 1),
    ]);

    expect(verdicts.toSorted()).toEqual([false, true]);
    expect(await workflowRuns.find('run-1')).toEqual(next);
  });

  test('are listed newest first, by workflow, contact and state, page after page', async () => {
    const { workflowRuns } = await open();
    const runs = Array.from({ length: 7 }, (_, index) =>
      runOf({
        runId: `run-${index}`,
        startedAt: hoursAfter(noon, index),
        workflowId: index % 2 === 0 ? 'even' : 'odd',
        contactId: index < 4 ? 7 : 8,
        state: index === 2 ? 'failed' : 'done',
        // Lists know no clock but the real one.
        expiresAt: '2099-01-01T00:00:00.000Z',
      }),
    );
    for (const run of runs) {
      await workflowRuns.begin(run);
      await workflowRuns.file(run);
      await workflowRuns.file(run);
    }

    const pages: string[][] = [];
    for (let page: PageRequest | undefined = { limit: 3 }; page; ) {
      const { items, cursor }: Awaited<ReturnType<WorkflowRuns['list']>> = await workflowRuns.list({}, page);
      pages.push(items.map(({ runId }) => runId));
      page = cursor === undefined ? undefined : { limit: 3, cursor };
    }

    expect(pages.flat()).toEqual(['run-6', 'run-5', 'run-4', 'run-3', 'run-2', 'run-1', 'run-0']);
    expect(pages.length).toBe(3);
    expect(await listed(workflowRuns, { workflowId: 'even' })).toEqual(['run-6', 'run-4', 'run-2', 'run-0']);
    expect(await listed(workflowRuns, { contactId: 7 })).toEqual(['run-3', 'run-2', 'run-1', 'run-0']);
    expect(await listed(workflowRuns, { contactId: 7, workflowId: 'odd' })).toEqual(['run-3', 'run-1']);
    expect(await listed(workflowRuns, { state: 'failed' })).toEqual(['run-2']);
  });

  test('about a contact stop when it is forgotten, and say nothing of it any more', async () => {
    const { workflowRuns, workflowLaunches, awaitedEvents } = await open();
    const [over, underWay, others] = [
      runOf({ runId: 'over', state: 'done', finishedAt: noon }),
      runOf({ runId: 'under-way' }),
      runOf({ runId: 'others', contactId: 8 }),
    ];
    for (const run of [over, underWay, others]) {
      await workflowRuns.begin(run);
      await workflowRuns.file(run);
    }
    const claim = {
      workflowId: 'welcome',
      runId: 'over',
      keyValue: 'john@example.com',
      contactId: 7,
      occurredAt: noon,
    };
    await workflowLaunches.claim(claim);
    const expectation = { runId: 'under-way', contactId: 7, eventType: 'x' };
    await awaitedEvents.expect(expectation, { since: noon, launchedBy: 'event-1', expiresAt: hoursAfter(noon, 24) });

    await workflowRuns.forget(7);
    await workflowRuns.forget(7);

    const forgotten = [await workflowRuns.find('over'), await workflowRuns.find('under-way')];
    expect(forgotten).toMatchObject([
      { state: 'done', event: { params: {} } },
      { state: 'stopped', event: { params: {} }, problem: { code: 'CONTACT_ERASED' } },
    ]);
    expect(JSON.stringify(forgotten)).not.toContain('john@example.com');
    expect(await workflowRuns.find('others')).toEqual(others);
    expect(await workflowRuns.note({ ...underWay, revision: 2 }, 1)).toBe(false);
    expect(await workflowLaunches.claim({ ...claim, runId: 'anew', contactId: 9 })).toBe(true);
    expect(await awaitedEvents.hear({ eventId: 'e', contactId: 7, eventType: 'x', occurredAt: noon })).toEqual([]);
  });

  test('about nobody who was known are forgotten by fingerprints, if they began until then', async () => {
    const { workflowRuns } = await open();
    const { contactId: _, ...unknown } = runOf();
    const late = { ...unknown, runId: 'late', startedAt: hoursAfter(noon, 2) };
    for (const run of [unknown, late]) {
      await workflowRuns.begin(run);
      await workflowRuns.file(run, ['f1', 'f2']);
    }

    await workflowRuns.forgetUnknown(['f2'], hoursAfter(noon, 1));

    expect((await workflowRuns.find('run-1'))?.event.params).toEqual({});
    expect(await workflowRuns.find('late')).toEqual(late);
  });
});

describe.each(Object.entries(kinds))('launches, in %s', (_, open) => {
  const launch = {
    workflowId: 'welcome',
    runId: 'run-1',
    keyValue: 'john@example.com',
    contactId: 7,
    occurredAt: noon,
  };
  const within = (hours: number) => ({ since: hoursAfter(noon, hours), expiresAt: hoursAfter(noon, 100) });

  test('are claimed by the first run of a key, which may claim again', async () => {
    const { workflowLaunches } = await open();

    const verdicts = [
      await workflowLaunches.claim(launch),
      await workflowLaunches.claim(launch),
      await workflowLaunches.claim({ ...launch, runId: 'run-2' }),
      await workflowLaunches.claim({ ...launch, runId: 'run-2', workflowId: 'other' }),
      await workflowLaunches.claim({ ...launch, runId: 'run-2', keyValue: 'jane@example.com' }),
      await workflowLaunches.claim({ ...launch, runId: 'run-3' }, within(-1)),
      await workflowLaunches.claim({ ...launch, runId: 'run-3' }, within(0)),
    ];

    expect(verdicts).toEqual([true, true, false, true, true, false, true]);
  });

  test('at once are claimed by one', async () => {
    const { workflowLaunches } = await open();

    const verdicts = await Promise.all(
      Array.from({ length: 10 }, (_, index) => workflowLaunches.claim({ ...launch, runId: `run-${index}` })),
    );

    expect(verdicts.filter(Boolean)).toHaveLength(1);
  });

  test('are counted for each contact, or key, and hour, each run once', async () => {
    const { workflowLaunches } = await open();
    const { contactId: _, ...unknown } = launch;

    const verdicts = [];
    for (const about of [
      launch,
      { ...launch, runId: 'run-2' },
      { ...launch, runId: 'run-3' },
      { ...launch, runId: 'run-3', contactId: 8 },
      { ...launch, runId: 'run-3', occurredAt: hoursAfter(noon, 1) },
      { ...unknown, runId: 'run-3' },
      launch,
    ]) {
      verdicts.push(await workflowLaunches.count(about, 2));
    }

    expect(verdicts).toEqual([true, true, false, true, true, true, true]);
  });
});

describe.each(Object.entries(kinds))('awaited events, in %s', (_, open) => {
  const expectation = { runId: 'run-1', contactId: 7, eventType: 'Paid' };
  const about = { since: noon, launchedBy: 'event-1', expiresAt: hoursAfter(noon, 24) };
  const event = { eventId: 'paid-1', contactId: 7, eventType: 'Paid', occurredAt: hoursAfter(noon, 1) };

  test('wake whoever left a token, again where the event comes again', async () => {
    const { awaitedEvents } = await open();
    await awaitedEvents.expect(expectation, about);
    await awaitedEvents.expect({ ...expectation, runId: 'run-2' }, about);

    const isHeard = await awaitedEvents.await(expectation, 'token');
    const tokens = [await awaitedEvents.hear(event), await awaitedEvents.hear(event)];

    expect(isHeard).toBe(false);
    expect(tokens).toEqual([['token'], ['token']]);
  });

  test('that were heard before are told to whoever comes to wait', async () => {
    const { awaitedEvents } = await open();
    await awaitedEvents.expect(expectation, about);

    const tokens = await awaitedEvents.hear(event);

    expect([tokens, await awaitedEvents.await(expectation, 'token')]).toEqual([[], true]);
    expect(await awaitedEvents.await({ ...expectation, runId: 'nobody' }, 'token')).toBe(true);
  });

  test.each([
    ['of another type', { eventType: 'Pai' }],
    ['of a type that only begins so', { eventType: 'Paid#x' }],
    ['of another contact', { contactId: 8 }],
    ['from before', { occurredAt: hoursAfter(noon, -1) }],
    ['that launched the run', { eventId: 'event-1', occurredAt: noon }],
  ])('are not those %s', async (_name, other) => {
    const { awaitedEvents } = await open();
    await awaitedEvents.expect(expectation, about);
    await awaitedEvents.await(expectation, 'token');

    expect(await awaitedEvents.hear({ ...event, ...other })).toEqual([]);
    expect(await awaitedEvents.take(expectation, 'step')).toBeUndefined();
  });

  test('are taken by one step, and by that one again; a repeat of them is not heard any more', async () => {
    const { awaitedEvents } = await open();
    await awaitedEvents.expect(expectation, about);
    await awaitedEvents.await(expectation, 'token');
    await awaitedEvents.hear(event);

    const taken = [
      await awaitedEvents.take(expectation, 'first'),
      await awaitedEvents.take(expectation, 'first'),
      await awaitedEvents.take(expectation, 'second'),
    ];
    await awaitedEvents.expect(expectation, about);
    const repeated = await awaitedEvents.hear(event);
    await awaitedEvents.hear({ ...event, eventId: 'paid-2' });

    expect(taken).toEqual(['paid-1', 'paid-1', undefined]);
    expect(repeated).toEqual([]);
    expect(await awaitedEvents.take(expectation, 'second')).toBe('paid-2');
    expect(await awaitedEvents.take(expectation, 'first')).toBe('paid-1');
  });

  test('are heard for nobody who was dismissed', async () => {
    const { awaitedEvents } = await open();
    await awaitedEvents.expect(expectation, about);
    await awaitedEvents.await(expectation, 'token');

    await awaitedEvents.dismiss([expectation]);

    expect(await awaitedEvents.hear(event)).toEqual([]);
  });
});

describe.each(Object.entries(kinds))('writes that must not be done twice, in %s', (_, open) => {
  const step = { runId: 'run-1', stepId: 'add', expiresAt: hoursAfter(noon, 24) };
  const write = { contact: contactOf({ version: 2, lastName: 'Smith' }), expectedVersion: 1 };

  test('are done by a step once, on the version that was read', async () => {
    const { contacts, onceWrites } = await open();
    await contacts.insertContacts([contactOf()]);

    const verdicts = [
      await onceWrites.replace({ ...write, expectedVersion: 9 }, step),
      await onceWrites.replace(write, step),
      await onceWrites.replace({ contact: contactOf({ version: 3 }), expectedVersion: 2 }, step),
      await onceWrites.replace({ contact: contactOf({ version: 3 }), expectedVersion: 2 }, { ...step, stepId: 'b' }),
    ];

    expect(verdicts).toEqual(['lost', 'written', 'written before', 'written']);
    expect((await contacts.readContacts([7], [])).contacts[0]?.version).toBe(3);
  });
});

describe('on the table', () => {
  test('a run that was noted is known as noted where the answer was lost', async () => {
    const { client, workflowRuns } = await onTable();
    await workflowRuns.begin(runOf());
    loseAnswers(client, 'UpdateItemCommand');

    expect(await workflowRuns.note(runOf({ revision: 2, updatedAt: hoursAfter(noon, 1) }), 1)).toBe(true);
  });

  test('an event is heard and taken through throttling and lost answers', async () => {
    const { client, awaitedEvents } = await onTable();
    const expectation = { runId: 'run-1', contactId: 7, eventType: 'Paid' };
    await awaitedEvents.expect(expectation, { since: noon, launchedBy: 'event-1', expiresAt: hoursAfter(noon, 24) });
    await awaitedEvents.await(expectation, 'token');
    loseAnswers(client, 'UpdateItemCommand', 2);
    throttleAttempts(client, 0.4);

    const tokens = await awaitedEvents.hear({ eventId: 'p', contactId: 7, eventType: 'Paid', occurredAt: noon });

    expect(tokens).toEqual(['token']);
    expect(await awaitedEvents.take(expectation, 'step')).toBe('p');
  });

  test('a run whose time is over is gone before DynamoDB deletes it', async () => {
    const { workflowRuns } = await onTable();
    const expired = runOf({ expiresAt: hoursAfter(noon, -1) });
    await workflowRuns.begin(expired);
    await workflowRuns.file(expired);

    expect(await workflowRuns.find('run-1')).toBeUndefined();
  });
});
