import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await startFlowStack({ allowances: { loopbackLinks: true } });
});
afterAll(() => stack.stop());

describe('workflows', () => {
  test('run', async () => {
    const saved = await stack.request('PUT', '/admin/v1/workflows/welcome', {
      body: {
        name: 'Welcome',
        eventTypeKey: 'subscribeFromApi-footer',
        steps: [
          { type: 'wait', for: { seconds: 1 } },
          { type: 'addToSegment', segment: 'Welcomed' },
        ],
      },
    });
    expect(saved.status).toBe(200);
    const answer = await stack.request('POST', '/api/v1/contact/subscribe', {
      body: { contact: { channels: [{ type: 'email', value: 'a@example.com' }] }, formType: 'footer' },
    });
    console.log(saved.text, answer.text);
    const runs = await waitFor('done', async () => {
      const { json } = await stack.request('GET', '/admin/v1/workflow-runs?state=done');
      const { items } = json as { items: unknown[] };
      return items.length > 0 && items;
    });
    console.log(JSON.stringify(runs, undefined, 1));
  });
});
