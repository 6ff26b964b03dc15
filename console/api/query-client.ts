import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.ts';

const isWorthRepeating = (count: number, problem: Error): boolean =>
  problem instanceof ApiProblem && problem.isTransient && count < 3;

const pauseBefore = (count: number, problem: Error): number =>
  (problem instanceof ApiProblem && problem.retryAfterSeconds !== undefined
    ? problem.retryAfterSeconds
    : Math.min(8, 2 ** count) / 2) * 1000;

/** What was read lately; what fails for the moment is asked for again, and changes are not. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: isWorthRepeating, retryDelay: pauseBefore, staleTime: 5_000 } },
});
