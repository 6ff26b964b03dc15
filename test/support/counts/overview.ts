import { answered, apiClient, type Schemas } from '#test/support/api-client.ts';
import { type TestStack, testKey, waitFor } from '#test/support/local-stack.ts';

type Overview = Schemas['Overview'];

/** Where a stage stands, with today's counts beside it. */
export interface Counted {
  readonly overview: Overview;
  readonly today: Overview['days'][number];
}

/** What the overview says now. */
export const countedBy = async ({ url }: TestStack): Promise<Counted> => {
  const overview = await answered(apiClient(url, testKey).GET('/admin/v1/overview'));
  const today = overview.days.at(-1);
  if (!today) throw new Error('The overview has no day');
  return { overview, today };
};

/** Waits until the overview says something. */
export const untilCounted = (stack: TestStack, what: string, isSo: (counted: Counted) => boolean): Promise<Counted> =>
  waitFor(what, async () => {
    const counted = await countedBy(stack);
    return isSo(counted) && counted;
  });
