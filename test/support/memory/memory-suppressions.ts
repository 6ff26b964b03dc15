import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { mergedSuppression, withoutImport, withoutStop } from '#domain/subscriptions/suppression.ts';
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
        const next = known ? mergedSuppression(known, one) : one;
        if (next) suppressed.set(one.address, next);
      },
    );
  },
  lift: async (sessionId, addresses) => {
    await itemByItem(
      addresses,
      (address) => step(`liftSuppression ${address}`),
      (address) => {
        const known = suppressed.get(address);
        const next = known && withoutImport(known, sessionId);
        if (next === 'none') suppressed.delete(address);
        else if (next) suppressed.set(address, next);
      },
    );
  },
  liftStops: async (phones, until) => {
    await itemByItem(
      phones,
      (phone) => step(`liftStop ${phone}`),
      (phone) => {
        const known = suppressed.get(phone);
        const next = known && withoutStop(known, until);
        if (next === 'none') suppressed.delete(phone);
        else if (next) suppressed.set(phone, next);
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
