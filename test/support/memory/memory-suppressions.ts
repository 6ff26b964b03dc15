import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { reasonsBelow } from '#domain/subscriptions/suppression.ts';
import { itemByItem, type Step } from './step.ts';

/** Suppressed addresses in memory, by address. */
export const memorySuppressions = (suppressed: Map<string, Suppression>, step: Step): SuppressionStore => ({
  find: async (addresses) => {
    await step('readSuppressions');
    return [...new Set(addresses)].flatMap((address) => suppressed.get(address) ?? []);
  },
  add: async (suppressions) => {
    await itemByItem(
      suppressions,
      ({ address }) => step(`addSuppression ${address}`),
      (one) => {
        const known = suppressed.get(one.address);
        if (!known || reasonsBelow(one.reason).includes(known.reason)) suppressed.set(one.address, one);
      },
    );
  },
  remove: async (addresses) => {
    await itemByItem(
      addresses,
      (address) => step(`removeSuppression ${address}`),
      (address) => suppressed.delete(address),
    );
  },
});
