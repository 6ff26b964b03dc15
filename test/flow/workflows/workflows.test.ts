import { readFileSync } from 'node:fs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environmentNames } from '#names/environment.ts';
import { clientFor } from '#test/support/engines.ts';
import { startFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { linkIn, mailbox, messageTo, subscribe } from '#test/support/subscriptions/confirmation-flow.ts';
import {
  isSignedWith,
  putWorkflow,
  type Receiver,
  raise,
  runIn,
  runsOf,
  startReceiver,
} from '#test/support/workflows/workflow-flow.ts';

let stack: TestStack;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver([200, 503, 429]);
  // An hour takes 3.6 seconds.
  stack = await startFlowStack({
    allowances: { loopbackLinks: true },
    waitFactor: 0.001,
    redeliverAfterSeconds: 1,
    logLevel: 'SILENT',
  });
});
afterAll(async () => {
  await stack.stop();
  await receiver.stop();
});

const describeContact = async (id = 0) => (await stack.request('GET', `/admin/v1/contacts/${id}`)).json;

const outcomes = ({ steps }: { steps: readonly { outcome: string }[] }) => steps.map(({ outcome }) => outcome);

describe('the workflow of a subscription', () => {
  test('mails, waits for the confirmation, adds to a segment and tells another server', async () => {
    const { webhookSecret } = await putWorkflow(stack, 'welcome', {
      eventTypeKey: 'subscribeFromApi-footer',
      uniqueness: 'once',
      steps: [
        {
          id: 'ask',
          type: 'sendEmail',
          subject: 'Please confirm, ${contact.firstName}',
          text: 'Hello ${EmailAddress}:\n\n${confirmationLink}\n',
          obligatory: true,
        },
        { id: 'confirmed', type: 'waitForEvent', eventTypeKey: 'SysContactConfirmed', timeout: { days: 30 } },
        { id: 'file', type: 'addToSegment', segment: 'Welcomed' },
        { id: 'tell', type: 'callWebhook', url: `${receiver.url}/welcome?contact=\${ContactId}` },
      ],
    });
    const { id } = await subscribe(stack, 'jane@example.com', { firstName: 'Jane' });
    const early = await runsOf(stack, { workflowId: 'welcome' });
    await stack.request('POST', '/api/v1/contact/subscribe', {
      body: {
        contact: { channels: [{ type: 'email', value: 'john@example.com' }], firstName: 'John' },
        formType: 'footer',
      },
    });
    const waiting = await runIn(stack, 'waiting', { workflowId: 'welcome' });
    const message = await waitFor('the message of the workflow', async () =>
      (await mailbox(stack)).find((one) => 'subject' in one && one.subject === 'Please confirm, John'),
    );
    const before = await describeContact(waiting.contactId);

    await fetch(linkIn(message), { method: 'POST' });
    const run = await runIn(stack, 'done', { workflowId: 'welcome' });

    expect(early).toEqual([]);
    expect(message).toMatchObject({ to: 'john@example.com', text: expect.stringContaining('Hello john@example.com:') });
    expect(outcomes(waiting)).toEqual(['done', 'waiting']);
    expect(before).toMatchObject({ confirmed: false, segments: [] });
    expect(run).toMatchObject({ contactId: waiting.contactId, workflowVersion: 1 });
    expect(run.steps).toMatchObject([
      { id: 'ask', outcome: 'done' },
      { id: 'confirmed', outcome: 'heard', result: { eventId: expect.stringMatching(/^SysContactConfirmed:/) } },
      { id: 'file', outcome: 'done' },
      { id: 'tell', outcome: 'done', result: { status: 200 } },
    ]);
    expect(await describeContact(run.contactId)).toMatchObject({
      confirmed: true,
      segments: expect.arrayContaining([expect.objectContaining({ name: 'Welcomed' })]),
    });
    const [call] = receiver.calls;
    expect(call && [call.path, isSignedWith(webhookSecret, call)]).toEqual([`/welcome?contact=${run.contactId}`, true]);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ type: 'subscribeFromApi-footer', data: { runId: run.runId } });
    expect((await runsOf(stack, { contactId: String(id) })).length).toBe(0);
  });

  test('reminds whoever does not confirm in time, and goes on where somebody else failed for a while', async () => {
    const { webhookSecret } = await putWorkflow(stack, 'remind', {
      eventTypeKey: 'SUBSCRIBEfromapi-remind',
      steps: [
        {
          id: 'confirmed',
          type: 'waitForEvent',
          eventTypeKey: 'SysContactConfirmed',
          timeout: { minutes: 5 },
          onEvent: 'end',
          onTimeout: 'continue',
        },
        { id: 'sure', type: 'condition', check: 'contactConfirmed', onTrue: 'end', onFalse: 'continue' },
        { id: 'tell', type: 'callWebhook', url: `${receiver.url}/remind` },
      ],
    });

    await subscribe(stack, 'late@example.com', {});
    await stack.request('POST', '/api/v1/contact/subscribe', {
      body: { contact: { channels: [{ type: 'email', value: 'late2@example.com' }] }, formType: 'remind' },
    });
    const run = await runIn(stack, 'done', { workflowId: 'remind' });

    const calls = receiver.calls.filter(({ path }) => path === '/remind');
    expect(outcomes(run)).toEqual(['timedOut', 'done', 'done']);
    expect(calls.map((call) => isSignedWith(webhookSecret, call))).toEqual([true, true, true]);
    expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });
});

test('the workflow of the guide asks a subscriber to confirm once, and welcomes whoever has confirmed', async () => {
  const guide = readFileSync(new URL('../../../docs/guides/workflows.md', import.meta.url), 'utf8');
  const [, body = ''] = /workflows\/welcome -d '(\{[^']+\})'/.exec(guide) ?? [];
  await putWorkflow(stack, 'of-the-guide', JSON.parse(body));
  const mailsTo = async () => (await mailbox(stack)).filter(({ to }) => to === 'kate@example.com');
  await stack.request('POST', '/api/v1/contact/subscribe', {
    body: {
      contact: { channels: [{ type: 'email', value: 'kate@example.com' }], firstName: 'Kate' },
      formType: 'trial',
    },
  });
  await runIn(stack, 'waiting', { workflowId: 'of-the-guide' });

  await fetch(linkIn(await messageTo(stack, 'kate@example.com')), { method: 'POST' });
  const run = await runIn(stack, 'done', { workflowId: 'of-the-guide' });
  const mails = await waitFor('the welcome arrived', async () => {
    const all = await mailsTo();
    return all.some(({ text }) => text.includes('Good to have you, Kate.')) ? all : undefined;
  });

  expect(outcomes(run)).toEqual(['heard', 'done', 'done']);
  expect(mails.filter((mail) => linkIn(mail) !== '')).toHaveLength(1);
  expect(mails).toHaveLength(2);
});

describe('contacts made and changed by events', () => {
  beforeAll(async () => {
    await putWorkflow(stack, 'lead', { steps: [{ type: 'createContact' }] });
    await putWorkflow(stack, 'profile', { steps: [{ type: 'updateContact' }] });
  });

  test('an event with a Create contact task makes the contact: source CAMPAIGN, confirmed, in no segment', async () => {
    await raise(
      stack,
      'lead',
      {
        email: 'Lead@example.com',
        json: JSON.stringify({ firstname: 'Lea', sms: '+380942583691' }),
      },
      1,
    );
    const { contactId } = await runIn(stack, 'done', { workflowId: 'lead' });

    expect(await describeContact(contactId)).toMatchObject({
      firstName: 'Lea',
      source: 'CAMPAIGN',
      confirmed: true,
      segments: [],
    });
  });

  test('an event with a line that is not valid writes nothing, and its run says why', async () => {
    await raise(stack, 'lead', { email: 'bad@example.com', json: JSON.stringify({ firstname: '<!>', sms: '12' }) }, 1);
    const run = await runIn(stack, 'stopped', { workflowId: 'lead' });

    const { json } = await stack.request('GET', '/api/v1/contacts?email=bad@example.com');
    expect(run.problem).toMatchObject({ code: 'INVALID_CONTACT_JSON', message: expect.stringContaining('firstname') });
    expect(json).toEqual([]);
  });

  test('an event with an Update contact task updates who is known, and leaves out who is not', async () => {
    const { id } = await subscribe(stack, 'known@example.com');

    await raise(stack, 'profile', { Email: 'known@example.com', json: { lastname: 'Smith' } });
    await raise(stack, 'profile', { Email: 'unknown@example.com', json: { lastname: 'Smith' } });
    const runs = await waitFor('both are done', async () => {
      const found = await runsOf(stack, { workflowId: 'profile', state: 'done' });
      return found.length === 2 && found;
    });

    expect(runs.flatMap(outcomes).sort()).toEqual(['done', 'skipped']);
    expect(await describeContact(id)).toMatchObject({ lastName: 'Smith', source: 'SUBSCRIPTION' });
    expect((await stack.request('GET', '/api/v1/contacts?email=unknown@example.com')).json).toEqual([]);
  });
});

test('an event that the bus brings twice launches one run', async () => {
  await putWorkflow(stack, 'twice', { steps: [{ type: 'wait', for: { seconds: 1 } }] });
  const { id } = await subscribe(stack, 'twice@example.com');
  const detail = {
    eventId: 'twice-1',
    eventTypeKey: 'twice',
    keyValue: String(id),
    contactId: id,
    params: {},
    occurredAt: new Date().toISOString(),
  };
  const entry = {
    EventBusName: stack.environment[environmentNames.eventBusName] ?? '',
    Source: 'rollcall',
    DetailType: 'twice',
    Detail: JSON.stringify(detail),
  };
  const bus = new EventBridgeClient(clientFor({ endpoint: stack.environment.AWS_ENDPOINT_URL_EVENTBRIDGE ?? '' }));

  await bus.send(new PutEventsCommand({ Entries: [entry, entry] }));
  await bus.send(new PutEventsCommand({ Entries: [entry] }));
  await bus.send(
    new PutEventsCommand({ Entries: [{ ...entry, Detail: JSON.stringify({ ...detail, eventId: 'twice-2' }) }] }),
  );

  const runs = await waitFor('the later event has its run', async () => {
    const found = await runsOf(stack, { workflowId: 'twice', state: 'done' });
    return found.length >= 2 && found;
  });
  expect(runs).toHaveLength(2);
});

test('functions that are killed at their work leave runs that end all the same, each sum made once', async () => {
  const field = (await stack.request('POST', '/admin/v1/fields', { body: { name: 'Points', type: 'number' } })).json;
  const fields = [{ id: (field as { id: number }).id, operation: '+', value: '1' }];
  await putWorkflow(stack, 'points', {
    steps: [
      { type: 'updateFields', fields },
      { id: 'again', type: 'updateFields', fields },
      { type: 'addToSegment', segment: 'Counted' },
    ],
  });
  const ids = await Promise.all(
    Array.from({ length: 12 }, async (_, index) => (await subscribe(stack, `points-${index}@example.com`)).id),
  );

  await Promise.all(ids.map((contactId) => raise(stack, 'points', { contactId })));
  let kills = 0;
  const runs = await waitFor(
    'all runs are over',
    async () => {
      if (kills < 10) kills += await stack.fn('run-workflow').kill();
      const found = await runsOf(stack, { workflowId: 'points' });
      return (
        found.length === ids.length && found.every(({ state }) => !['running', 'waiting'].includes(state)) && found
      );
    },
    60,
  );

  const values = await Promise.all(
    ids.map(
      async (id) => (await stack.request('GET', `/api/v1/contact/${id}`)).json as { fields: { value: string }[] },
    ),
  );
  expect(kills).toBeGreaterThan(0);
  expect(runs.map(({ state }) => state)).toEqual(ids.map(() => 'done'));
  expect(values.map(({ fields: [points] }) => points?.value)).toEqual(ids.map(() => '2'));
});

test('a contact that is erased takes along what its runs were told, and stops them', async () => {
  await putWorkflow(stack, 'long', { steps: [{ type: 'wait', for: { days: 30 } }] });
  const { id } = await subscribe(stack, 'gone@example.com');
  await raise(stack, 'long', { email: 'gone@example.com', secret: 'gone' });
  await runIn(stack, 'waiting', { workflowId: 'long' });

  await stack.request('DELETE', `/api/v1/contact/${id}?erase=true`);
  const run = await runIn(stack, 'stopped', { workflowId: 'long' });

  expect(run).toMatchObject({ event: { params: {} }, problem: { code: 'CONTACT_ERASED' } });
  expect(JSON.stringify(run)).not.toContain('gone');
});

describe('the routes of workflows', () => {
  const request = (method: string, path: string, body?: object) =>
    stack.request(method, `/admin/v1/workflows${path}`, body === undefined ? {} : { body });

  test('store, show, list and delete', async () => {
    const steps = [{ type: 'wait', for: { days: 1 } }];
    const saved = await putWorkflow(stack, 'kept', { steps, enabled: false });
    const same = await putWorkflow(stack, 'kept', { steps, enabled: false });
    const shown = await request('GET', '/kept');
    const listed = (await request('GET', '')).json as { items: { id: string }[] };
    const conflict = await request('PUT', '/kept', { name: 'x', eventTypeKey: 'kept', steps, version: 7 });
    const deleted = await request('DELETE', '/kept');
    const after = [await request('GET', '/kept'), await request('DELETE', '/kept'), await request('GET', '/NO')];

    expect(same).toEqual(saved);
    expect(shown.json).toEqual(saved);
    expect(listed.items.filter(({ id }) => id === 'kept')).toHaveLength(1);
    expect(conflict).toMatchObject({
      status: 409,
      json: { status: 409, message: "Workflow 'kept' is in version 1 by now" },
    });
    expect([deleted.status, deleted.text]).toEqual([200, '']);
    expect(after.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  test('refuse what cannot run, and say what it is', async () => {
    const { status, json } = await request('PUT', '/bad', {
      ...{ name: 'Bad', eventTypeKey: 'bad' },
      steps: [{ type: 'condition', check: 'contactConfirmed', onTrue: { goTo: 'step1' } }],
    });

    expect([status, (json as { message: string }).message]).toEqual([
      400,
      'steps[0].onTrue.goTo must be the id of a later step',
    ]);
    expect((await request('GET', '/bad')).status).toBe(404);
  });
});
