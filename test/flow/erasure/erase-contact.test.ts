import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addContacts, contactWith, imported, importOver, rowsOf, startFlowStack } from '#test/support/flow-stack.ts';
import { type GateProxy, startGateProxy } from '#test/support/gate-proxy.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { givenUp, restIn } from '#test/support/queues/given-up.ts';
import { type HurriedQueues, startHurriedQueues } from '#test/support/queues/hurried-queues.ts';
import { everythingIn } from '#test/support/stack-traces.ts';

const lines: string[] = [];
let stack: TestStack;
let queues: HurriedQueues;
let gate: GateProxy;
let outcomesWait = false;
beforeAll(async () => {
  stack = await startFlowStack({
    logLevel: 'DEBUG',
    writeLog: (line) => lines.push(line),
    proxies: {
      sqs: async (target) => {
        queues = await startHurriedQueues(target);
        return queues.endpoint;
      },
      s3: async (target) => {
        gate = await startGateProxy(
          target,
          ({ method, url = '' }) => outcomesWait && method === 'PUT' && url.includes('outcomes'),
        );
        return gate.endpoint;
      },
    },
  });
});
afterAll(async () => {
  gate.open();
  await stack.stop();
  await Promise.all([queues.stop(), gate.stop()]);
});

const email = 'erased@example.com';
const sms = '380942583691';
const traces = new RegExp(`${email}|${sms}|Zdenka`, 'i');

const tracesIn = (text: string) => text.split('\n').filter((line) => traces.test(line));

/** John Doe by every way that a contact comes and changes: imports good and bad, a form, an update, a new address. */
const leaveTraces = async () => {
  const channels = [
    { type: 'email', value: email },
    { type: 'sms', value: sms },
  ];
  const { sessionId, ids } = await imported(stack, {
    contacts: [
      { channels, firstName: 'Zdenka', externalCustomerId: 'C-17' },
      {
        channels: [
          { type: 'email', value: ` ${email.toUpperCase()} ` },
          { type: 'fax', value: '1' },
        ],
      },
      contactWith('other@example.com', { firstName: 'Other' }),
    ],
    eventKeyForNewContacts: 'newContact',
    groupNames: ['Customers'],
  });
  const [id = 0] = ids;
  await stack.request('POST', '/api/v1/contact/subscribe', { body: { contact: { channels }, formType: 'footer' } });
  await stack.request('PUT', `/api/v1/contact/${id}`, { body: { lastName: 'Zdenkova' } });
  await stack.request('POST', '/api/v1/contacts', { body: `{"contacts":[{"channels":"${email}` });
  await waitFor('everything is told', async () => {
    const published = await stack.events();
    return published.some(({ keyValue }) => keyValue === email) && published.length >= 3;
  });
  return { id, sessionId };
};

describe('a contact that is erased', () => {
  it('leaves no trace of its address in table, bucket, event log and logs, and takes nobody else along', async () => {
    const { id, sessionId } = await leaveTraces();
    const before = tracesIn(await everythingIn(stack));
    const deleted = await stack.request('DELETE', `/api/v1/contact/${id}`);

    const erased = await stack.request('DELETE', '/api/v1/contact?externalCustomerId=C-17&erase=1');

    expect(before.length).toBeGreaterThan(5);
    expect([deleted.text, erased.text]).toEqual(Array(2).fill(`Contact with id='${id}' has been deleted`));
    await waitFor('every trace is wiped', async () => tracesIn(await everythingIn(stack)).length === 0);
    expect((await stack.events()).filter(({ contactId }) => contactId === id)).toEqual([]);
    expect(lines.filter((line) => traces.test(line))).toEqual([]);
    expect(await rowsOf(stack, sessionId)).toMatchObject([
      { row: 1, outcome: 'created', contactId: id },
      { row: 2, outcome: 'failed', code: 'INVALID_CHANNEL' },
      { row: 3, outcome: 'created' },
    ]);
    const others = await stack.request('GET', '/api/v1/contacts?email=other@example.com');
    expect(others.json).toMatchObject([{ firstName: 'Other' }]);
    expect((await stack.events({ keyValue: 'other@example.com' })).length).toBe(1);
  });

  it('is not there any more under any name, and its id is not used again', async () => {
    const { ids } = await imported(stack, {
      contacts: [contactWith('again@example.com', { externalCustomerId: 'C-18' })],
    });
    const [id] = ids;
    await stack.request('DELETE', `/api/v1/contact/${id}?erase=true`);

    const answers = await Promise.all([
      stack.request('GET', `/api/v1/contact/${id}`),
      stack.request('GET', `/admin/v1/contacts/${id}`),
      stack.request('PUT', `/api/v1/contact/${id}`, { body: { firstName: 'Back' } }),
      stack.request('DELETE', `/api/v1/contact/${id}?erase=1`),
      stack.request('DELETE', '/api/v1/contact?externalCustomerId=C-18'),
    ]);
    const created = await stack.request('POST', '/api/v1/contact', {
      body: contactWith('again@example.com', { externalCustomerId: 'C-18' }),
    });

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(answers.every(({ text }) => text.includes('not found'))).toBe(true);
    expect(created.json).toEqual({ id: expect.any(Number) });
    expect(created.json).not.toEqual({ id });
  });

  it('leaves no trace in an import either that is open meanwhile and fails its row later', async () => {
    const created = await stack.request('POST', '/api/v1/contact', { body: contactWith('open@example.com') });
    const { id } = created.json as { readonly id: number };
    outcomesWait = true;
    const { asyncSessionId } = await addContacts(stack, {
      contacts: [
        ...Array.from({ length: 300 }, (_, index) => contactWith(`beside-${index}@example.com`)),
        {
          channels: [
            { type: 'email', value: 'open@example.com' },
            { type: 'fax', value: '1' },
          ],
        },
      ],
    });

    const before = queues.hurried();
    const erased = await stack.request('DELETE', `/api/v1/contact/${id}?erase=true`);
    // One is its promise, which is held back, too.
    await waitFor('the import is to be looked at later', () => queues.hurried() >= before + 2);
    gate.open();

    expect(erased.status).toBe(200);
    expect(await importOver(stack, asyncSessionId)).toMatchObject({ status: 'FINISHED' });
    await waitFor('the erasure is over', async () => (await restIn(stack, 'erasures')) === 0);
    expect(await everythingIn(stack)).not.toContain('open@example.com');
    expect(await givenUp(stack)).toEqual([]);
  });
});
