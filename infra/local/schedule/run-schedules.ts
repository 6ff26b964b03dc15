import { functionNameOf } from '../function/function.ts';
import type { Permissions } from '../permission/permissions.ts';
import type { SchedulePlan } from './schedule.ts';

/** What schedules need. */
export interface SchedulePorts {
  /** Hands an event to a function; resolves at once, as the scheduler's part ends there. */
  readonly invokeFunction: (functionName: string, event: unknown) => void;
  readonly permissions: Permissions;
  readonly onError: (error: unknown) => void;
}

/**
 * Calls the functions of schedules at their rates, first when one rate has passed, until it is stopped; those that may not
 * be called never are.
 */
export const runSchedules = (
  plans: readonly SchedulePlan[],
  { invokeFunction, permissions, onError }: SchedulePorts,
) => {
  const timers = plans
    .filter(
      ({ State, Target, rights }) =>
        State === 'ENABLED' && permissions.allows(rights, { action: 'lambda:InvokeFunction', resource: Target.Arn }),
    )
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
