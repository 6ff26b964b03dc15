import { type TokenBucket, tokenBucket } from '../engine/token-bucket.ts';
import type { ApiPlan, ThrottlePlan } from './http-api.ts';

/** Whether a request of a route may pass now. */
export type Throttle = (routeKey: string) => boolean;

/** A token bucket for each route, by the stage's settings for it or for all. `now` is in milliseconds. */
export const throttleOf = ({ throttles, defaultThrottle }: ApiPlan, now: () => number): Throttle => {
  const buckets = new Map<string, TokenBucket>();

  return (routeKey) => {
    const plan: ThrottlePlan = { ...defaultThrottle, ...throttles[routeKey] };
    const perSecond = plan.ThrottlingRateLimit;
    if (perSecond === undefined) return true;
    const bucket =
      buckets.get(routeKey) ?? tokenBucket({ perSecond, burst: plan.ThrottlingBurstLimit ?? perSecond }, now);
    buckets.set(routeKey, bucket);
    return bucket.take(1);
  };
};
