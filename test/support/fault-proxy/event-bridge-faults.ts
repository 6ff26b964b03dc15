import type { ServiceFaults } from './service-faults.ts';
import { split } from './split.ts';

/** How EventBridge fails: whole requests, or entries of PutEvents. */
export const eventBridgeFaults: ServiceFaults = {
  refuse: () => ({
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ __type: 'ThrottlingException', message: 'Injected by the fault proxy' }),
  }),
  leaveUndone: (operation, body, random) => {
    if (operation !== 'PutEvents') return undefined;
    const entries = body.Entries as object[];
    const { kept, withheld } = split(entries, random);
    return {
      forward: kept.length > 0 ? { ...body, Entries: kept } : undefined,
      merge: (answer) => {
        const answers = [...((answer.Entries as object[] | undefined) ?? [])];
        const isKept = new Set(kept);
        const failed = { ErrorCode: 'ThrottlingException', ErrorMessage: 'Injected by the fault proxy' };
        const Entries = entries.map((entry) => (isKept.has(entry) ? answers.shift() : failed));
        return { FailedEntryCount: Number(answer.FailedEntryCount ?? 0) + withheld.length, Entries };
      },
    };
  },
};
