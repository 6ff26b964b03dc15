import type { ServiceFaults } from './service-faults.ts';

/** AWS Step Functions slows callers down who start or wake too many executions at once. */
export const stepFunctionsFaults: ServiceFaults = {
  refuse: () => ({
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' }),
  }),
  leaveUndone: () => undefined,
};
