import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { reasonsBelow } from '#domain/subscriptions/suppression.ts';
import { itemByItem, type Step } from './step.ts';

/** Suppressed addresses in memory, by address. */
export const memorySuppressions = (suppressed: Map<string, Suppression>, step: Step): SuppressionStore => ({
  find: async (emails) => {
    await step('readSuppressions');
    return [...new Set(emails)].flatMap((email) => suppressed.get(email) ?? []);
  },
  add: async (suppressions) => {
    await itemByItem(
      suppressions,
      ({ email }) => step(`addSuppression ${email}`),
      (one) => {
        const known = suppressed.get(one.email);
        if (!known || reasonsBelow(one.reason).includes(known.reason)) suppressed.set(one.email, one);
      },
    );
  },
  remove: async (emails) => {
    await itemByItem(
      emails,
      (email) => step(`removeSuppression ${email}`),
      (email) => suppressed.delete(email),
    );
  },
});
