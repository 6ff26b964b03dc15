import type { ServiceFaults } from './service-faults.ts';

/** AWS End User Messaging slows senders down who exceed their rate. */
export const smsFaults: ServiceFaults = {
  refuse: () => ({
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' }),
  }),
  leaveUndone: () => undefined,
};
