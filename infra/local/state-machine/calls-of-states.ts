import type { Call } from '../permission/grant.ts';

/** What AWS Step Functions itself does by the rights of a machine: it writes traces, if the machine is traced. */
export const callsOfStates = ({ Enabled }: { readonly Enabled: boolean }): Call[] =>
  Enabled ? traceActions.map((action) => ({ action, resource: '*' })) : [];

/** Developer guide, "IAM policies for X-Ray". */
const traceActions = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];
