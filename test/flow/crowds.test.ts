import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callAws } from '#infra/local/engine/call-aws.ts';
import { addContacts, contactWith, imported, importOver, startFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { sized } from '#test/support/soak.ts';

/* What AWS would stop half way in large stages: chains of messages, launches in crowds. A line of `[recursion]` fails a test. */

const crowd = sized(300, 10_000);
const launches = sized(200, 5_000);
const patienceSeconds = sized(60, 1_200);

let stack: TestStack;
beforeAll(async () => {
  stack = await startFlowStack({ waitFactor: 0.001 });
});
afterAll(() => stack.stop());

const mostInRequest = 3_000;

/** Imports so many contacts, in as many requests as it takes. */
const importCrowd = async (name: string, count: number, about: object): Promise<void> => {
  for (let from = 0; from < count; from += mostInRequest) {
    const size = Math.min(mostInRequest, count - from);
    const contacts = Array.from({ length: size }, (_, index) => contactWith(`${name}-${from + index}@example.com`));
    await imported(stack, { contacts, ...about });
  }
};

const segmentIdOf = async (name: string): Promise<number> => {
  const { json } = await stack.request('GET', `/api/v1/groups?name=${name}`);
  return (json as { id: number }[])[0]?.id ?? 0;
};

/** The messages of every queue for what was given up. */
const givenUp = async (): Promise<string[]> => {
  const endpoint = stack.environment.AWS_ENDPOINT_URL_SQS ?? '';
  const { QueueUrls } = (await callAws({ endpoint, target: 'AmazonSQS.ListQueues', body: {} })) as {
    QueueUrls: string[];
  };
  const names = QueueUrls.map((url) => url.split('/').at(-1) ?? '').filter((name) => name.endsWith('dead-letter'));
  expect(names.length).toBeGreaterThan(10);
  const found = await Promise.all(names.map(async (name) => (await stack.queues.peek(name)).ready));
  return found.flat();
};

const restIn = async (queue: string): Promise<number> => {
  const { ready, inFlight } = await stack.queues.peek(queue);
  return ready.length + inFlight.length;
};

describe('crowds end with nothing given up', () => {
  it(`a message to a segment of ${crowd}`, async () => {
    await importCrowd('reader', crowd, { groupNames: ['Crowd'] });
    const message = { name: 'News', channel: 'email', subject: 'News', text: 'News.' };
    const { id } = (await stack.request('POST', '/admin/v1/messages', { body: message })).json as { id: number };
    const body = { groupId: await segmentIdOf('Crowd') };

    const sent = await stack.request('POST', `/api/v1/message/${id}/send`, { body });

    expect(sent.status).toBe(200);
    await waitFor(
      'everybody has it',
      async () => {
        const last = await stack.request('GET', `/admin/v1/mailbox?limit=1&cursor=${crowd - 1}`);
        return (last.json as { items: unknown[] }).items.length === 1;
      },
      patienceSeconds,
    );
    const more = await stack.request('GET', `/admin/v1/mailbox?limit=1&cursor=${crowd}`);
    expect(more.json).toEqual({ items: [] });
    expect(await givenUp()).toEqual([]);
  });

  it(`an import that launches ${launches} runs of a workflow`, async () => {
    const workflow = {
      name: 'Come',
      eventTypeKey: 'crowdCame',
      steps: [{ type: 'addToSegment', segment: 'Launched' }],
    };
    await stack.request('PUT', '/admin/v1/workflows/come', { body: workflow });

    await importCrowd('comer', launches, { eventKeyForNewContacts: 'crowdCame' });

    await waitFor(
      'each run is done',
      async () => {
        const { json } = await stack.request('GET', '/admin/v1/segments');
        const { items } = json as { items: { name: string; memberCount: number }[] };
        return items.find(({ name }) => name === 'Launched')?.memberCount === launches;
      },
      patienceSeconds,
    );
    expect(await givenUp()).toEqual([]);
  });

  // It looks at an open import once more a quarter of an hour later, which is too long for every day.
  it.runIf(sized(0, 1))('an erasure over an import that is open', async () => {
    const { ids } = await imported(stack, { contacts: [contactWith('erased@example.com')] });
    const others = Array.from({ length: Math.min(crowd, mostInRequest - 1) }, (_, n) =>
      contactWith(`o${n}@example.com`),
    );
    const { asyncSessionId } = await addContacts(stack, {
      contacts: [...others, contactWith('erased@example.com', { firstName: 'Again' })],
    });

    const erased = await stack.request('DELETE', `/api/v1/contact/${ids[0]}?erase=true`);

    expect(erased.status).toBe(200);
    expect(await importOver(stack, asyncSessionId, patienceSeconds)).toMatchObject({ status: 'FINISHED' });
    await waitFor('the erasure is over', async () => (await restIn('erasures')) === 0, patienceSeconds);
    expect(await givenUp()).toEqual([]);
  });
});
