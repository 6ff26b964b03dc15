import { functionNameOf } from '../function/function.ts';
import type { SchedulePlan } from './schedule.ts';

/** What schedules need. */
export interface SchedulePorts {
  /** Hands an event to a function; resolves at once, as the scheduler's part ends there. */
  readonly invokeFunction: (functionName: string, event: unknown) => void;
  readonly onError: (error: unknown) => void;
}

/** Calls the functions of schedules at their rates, first when one rate has passed, until it is stopped. */
export const runSchedules = (plans: readonly SchedulePlan[], { invokeFunction, onError }: SchedulePorts) => {
  const timers = plans
    .filter(({ State }) => State === 'ENABLED')
    .map(({ ScheduleExpression: seconds, Target: { Arn, Input } }) =>
      setInterval(() => {
        try {
          invokeFunction(functionNameOf(Arn), Input === undefined ? {} : JSON.parse(Input));
        } catch (error) {
          onError(error);
        }
      }, seconds * 1000).unref(),
    );
  return { stop: () => timers.forEach(clearInterval) };
};
