import * as z from 'zod';
import type { Smoke } from './smoke.ts';

/** A workflow that an event launches, and whose run AWS Step Functions resumes after it waited. */
export const tryWorkflow = async (smoke: Smoke): Promise<void> => {
  const email = smoke.addressOf('workflow');
  const eventTypeKey = `${smoke.name}-launch`;
  const steps = [
    { type: 'createContact' },
    { type: 'wait', for: { seconds: 1 } },
    { type: 'addToSegment', segment: smoke.name },
  ];
  await smoke.ask({
    method: 'PUT',
    path: `/admin/v1/workflows/${smoke.name}`,
    body: { name: smoke.name, eventTypeKey, steps },
    answer: z.object({ id: z.literal(smoke.name), version: z.literal(1) }),
  });
  await smoke.ask({
    method: 'POST',
    path: '/api/v2/event',
    body: { eventTypeKey, keyValue: email, params: [{ name: 'email', value: email }] },
    answer: z.literal(''),
  });
  await smoke.until({
    path: `/admin/v1/workflow-runs?workflowId=${smoke.name}`,
    answer: z.object({ items: z.tuple([z.object({ state: z.literal('done'), contactId: z.int() })]) }),
  });
};
