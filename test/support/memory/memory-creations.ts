import type { Creation, CreationLedger } from '#domain/contacts/ports.ts';
import type { Step } from './step.ts';

/** The ledger of births in memory. */
export const memoryCreations = (noted: Map<string, Creation[]>, step: Step): CreationLedger => ({
  note: async (token, creations) => {
    await step(`noteCreations ${token}`);
    noted.set(token, [...(noted.get(token) ?? []), ...creations]);
  },
  recall: async (token) => {
    await step(`readCreations ${token}`);
    return noted.get(token) ?? [];
  },
});
