import { answersKeptHours, type KeptRequest, type NamedRequest } from '#domain/keys/kept-request.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';
import type { Step } from './step.ts';

/** Requests that their callers named, in memory. */
export const memoryKeptRequests = (step: Step): Pick<ApiKeyStore, 'takeRequest' | 'keepAnswer' | 'giveBackRequest'> => {
  const kept = new Map<string, KeptRequest & { readonly until: string }>();
  const nameOf = ({ keyHash, nameHash }: NamedRequest): string => `${keyHash} ${nameHash}`;

  return {
    takeRequest: async (request, { fingerprint, now, heldUntil }) => {
      await step('takeRequest');
      const before = kept.get(nameOf(request));
      const isDead = before && !before.answer && before.fingerprint === fingerprint && before.heldUntil <= now;
      if (before && before.until > now && !isDead) return before;
      const until = new Date(Date.parse(now) + answersKeptHours * 3_600_000).toISOString();
      kept.set(nameOf(request), { fingerprint, heldUntil, until });
      return undefined;
    },
    keepAnswer: async (request, answer) => {
      await step('keepAnswer');
      const before = kept.get(nameOf(request));
      if (before) kept.set(nameOf(request), { ...before, answer });
    },
    giveBackRequest: async (request) => {
      await step('giveBackRequest');
      const before = kept.get(nameOf(request));
      if (before && !before.answer) kept.set(nameOf(request), { ...before, heldUntil: '' });
    },
  };
};
