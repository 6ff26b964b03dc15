import type { ServiceFaults } from './service-faults.ts';
import { split } from './split.ts';

/** How SQS fails: whole requests, or messages of a batch. */
export const sqsFaults: ServiceFaults = {
  refuse: () => ({
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-query-error': 'RequestThrottled;Sender' },
    body: JSON.stringify({ __type: 'com.amazonaws.sqs#ThrottlingException', message: 'Injected by the fault proxy' }),
  }),
  leaveUndone: (operation, body, random) => {
    if (operation !== 'SendMessageBatch') return undefined;
    const { kept, withheld } = split(body.Entries as { Id: string }[], random);
    const Failed = withheld.map(({ Id }) => ({
      Id,
      Code: 'ThrottlingException',
      Message: 'Injected by the fault proxy',
      SenderFault: false,
    }));
    return {
      forward: kept.length > 0 ? { ...body, Entries: kept } : undefined,
      merge: (answer) => ({ Successful: [], ...answer, Failed }),
    };
  },
};
