import type { ApiPlan, ThrottlePlan } from './http-api.ts';

/** Whether a request of a route may pass now. */
export type Throttle = (routeKey: string) => boolean;

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** A token bucket for each route, by the stage's settings for it or for all. `now` is in milliseconds. */
export const throttleOf = ({ throttles, defaultThrottle }: ApiPlan, now: () => number): Throttle => {
  const buckets = new Map<string, Bucket>();

  return (routeKey) => {
    const plan: ThrottlePlan = { ...defaultThrottle, ...throttles[routeKey] };
    if (plan.ThrottlingRateLimit === undefined) return true;
    const burst = plan.ThrottlingBurstLimit ?? plan.ThrottlingRateLimit;
    const bucket = buckets.get(routeKey) ?? { tokens: burst, filledAt: now() };
    buckets.set(routeKey, bucket);
    refill(bucket, { perSecond: plan.ThrottlingRateLimit, burst }, now());
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
};

const refill = (bucket: Bucket, { perSecond, burst }: { perSecond: number; burst: number }, at: number): void => {
  bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.filledAt) / 1000) * perSecond);
  bucket.filledAt = at;
};
