import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from './client.ts';
import type { components } from './openapi.d.ts';

/** The stage at a glance. */
export type StageOverview = components['schemas']['Overview'];

const lookAgainMs = 30_000;

/** What was counted and what waits, which is read again while the screen is looked at. */
export const overview = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/overview', { signal })),
  refetchInterval: lookAgainMs,
});
