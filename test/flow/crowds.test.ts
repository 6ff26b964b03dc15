import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvOf, importFile } from '#test/support/files/upload-flow.ts';
import { addContacts, contactWith, imported, importOver, startFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { send, statusesOf, storeMessage } from '#test/support/messages/message-flow.ts';
import { givenUp, restIn } from '#test/support/queues/given-up.ts';
import { type HurriedQueues, startHurriedQueues } from '#test/support/queues/hurried-queues.ts';
import { sized } from '#test/support/soak.ts';
import { putWorkflow } from '#test/support/workflows/workflow-flow.ts';

/*
 * What AWS would stop half way in large stages only: chains of messages, launches by the thousand. Hops are counted, and a line
 * of `[recursion]` fails a test. Small sizes of all three are in the tests of messages, workflows and erasures.
 */

const isSoaking = sized(0, 1) === 1;
const readers = Number(process.env.SOAK_READERS ?? 10_000);
const comers = Number(process.env.SOAK_LAUNCHES ?? 300_000);
const patienceSeconds = 3_600;

let stack: TestStack;
let queues: HurriedQueues;

describe.runIf(isSoaking)('crowds end with nothing given up', { timeout: 2 * patienceSeconds * 1_000 }, () => {
  beforeAll(async () => {
    stack = await startFlowStack({
      waitFactor: 0.001,
      proxies: {
        sqs: async (target) => {
          queues = await startHurriedQueues(target);
          return queues.endpoint;
        },
      },
    });
  });
  afterAll(async () => {
    await stack.stop();
    await queues.stop();
  });

  const membersOf = async (name: string): Promise<number> => {
    const { json } = await stack.request('GET', '/admin/v1/segments');
    const { items } = json as { items: { name: string; memberCount: number }[] };
    return items.find((item) => item.name === name)?.memberCount ?? 0;
  };

  it(`a message to a segment of ${readers}`, async () => {
    await importOver(stack, await importFile(stack, csvOf(readers), { groupNames: ['Crowd'] }), patienceSeconds);
    const [segment] = (await stack.request('GET', '/api/v1/groups?name=Crowd')).json as { readonly id: number }[];
    const news = { name: 'News', channel: 'email', subject: 'News', html: '<p>News.</p>', text: 'News.' };
    const message = await storeMessage(stack, news);

    const sent = await send(stack, `${message}/send`, { groupId: segment?.id });
    const ids = sent.map(({ requestId }) => requestId);

    await waitFor('it was sent to all', async () => (await statusesOf(stack, ids)).join() === 'SENT', patienceSeconds);
    await waitFor('everybody has it', async () => (await restIn(stack, 'messages')) === 0, patienceSeconds);
    expect([await mailsFrom(readers - 1), await mailsFrom(readers)]).toEqual([1, 0]);
    expect(await givenUp(stack)).toEqual([]);
  });

  const mailsFrom = async (place: number): Promise<number> => {
    const { json } = await stack.request('GET', `/admin/v1/mailbox?limit=1&cursor=${place}`);
    return (json as { readonly items: readonly unknown[] }).items.length;
  };

  it('an erasure over an import that is open', async () => {
    const { ids } = await imported(stack, { contacts: [contactWith('erased@example.com')] });
    const sessionId = await importFile(stack, csvOf(30_000, { first: 500_000 }));
    await addContacts(stack, { contacts: [{ ...contactWith('erased@example.com'), firstName: 'Again' }] });

    const erased = await stack.request('DELETE', `/api/v1/contact/${ids[0]}?erase=true`);

    expect(erased.status).toBe(200);
    expect(await importOver(stack, sessionId, patienceSeconds)).toMatchObject({ status: 'FINISHED' });
    await waitFor('the erasure is over', async () => (await restIn(stack, 'erasures')) === 0, patienceSeconds);
    expect(await givenUp(stack)).toEqual([]);
  });

  it(`an import that launches ${comers} runs of a workflow`, async () => {
    const steps = [{ id: 'mark', type: 'addToSegment', segment: 'Launched' }];
    await putWorkflow(stack, 'come', { eventTypeKey: 'crowdCame', steps });

    const file = csvOf(comers, { first: 1_000_000 });
    const sessionId = await importFile(stack, file, { eventKeyForNewContacts: 'crowdCame' });

    expect(await importOver(stack, sessionId, patienceSeconds)).toMatchObject({ status: 'FINISHED' });
    await waitFor('all are launched', async () => (await restIn(stack, 'workflow-events')) === 0, patienceSeconds);
    await waitFor('each run is done', async () => (await membersOf('Launched')) === comers, patienceSeconds);
    expect(await givenUp(stack)).toEqual([]);
  });
});
