import type { Birth, BirthLedger } from '#domain/ports.ts';
import type { Step } from './step.ts';

/** The ledger of births in memory. */
export const memoryBirths = (noted: Map<string, Birth[]>, step: Step): BirthLedger => ({
  note: async (token, births) => {
    await step(`noteBirths ${token}`);
    noted.set(token, [...(noted.get(token) ?? []), ...births]);
  },
  recall: async (token) => {
    await step(`readBirths ${token}`);
    return noted.get(token) ?? [];
  },
});
