import type { ServiceFaults } from './service-faults.ts';

/** Amazon SES slows senders down who exceed their rate. */
export const sesFaults: ServiceFaults = {
  refuse: () => ({
    status: 429,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'TooManyRequestsException' },
    body: JSON.stringify({ message: 'Maximum sending rate exceeded.' }),
  }),
  leaveUndone: () => undefined,
};
