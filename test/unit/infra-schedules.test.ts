import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Grant } from '#infra/local/permission/grant.ts';
import { permissionsOf } from '#infra/local/permission/permissions.ts';
import { runSchedules } from '#infra/local/schedule/run-schedules.ts';
import { scheduleType } from '#infra/local/schedule/schedule.ts';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:sweep';
const mayCall: Grant = { effect: 'Allow', action: 'lambda:InvokeFunction', resource: arn, conditions: [] };

const planOf = (expression: string, about: object = {}, grants = [mayCall]) => ({
  name: 'sweep',
  rights: { caller: 'sweep', grants },
  ...scheduleType.schema.parse({
    ScheduleExpression: expression,
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: arn,
      RoleArn: 'arn:aws:iam::000000000000:role/r',
    },
    ...about,
  }),
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('calls the function of a schedule at its rate if it may, and no more once it is stopped', () => {
  const invokeFunction = vi.fn();
  const plans = [
    planOf('rate(15 minutes)'),
    planOf('rate(1 hour)', { State: 'DISABLED' }),
    planOf('rate(1 hour)', {}, []),
  ];
  const tell = vi.fn();

  const schedules = runSchedules(plans, { invokeFunction, permissions: permissionsOf([], tell), onError: () => {} });
  vi.advanceTimersByTime(2 * 15 * 60_000);
  schedules.stop();
  vi.advanceTimersByTime(3_600_000);

  expect(invokeFunction.mock.calls).toEqual([
    ['sweep', {}],
    ['sweep', {}],
  ]);
  expect(tell.mock.calls).toEqual([[{ caller: 'sweep', action: 'lambda:InvokeFunction', resource: arn }]]);
});

it('refuses schedules that do not run here', () => {
  expect(() => planOf('cron(0 3 * * ? *)')).toThrow('only schedules like rate(15 minutes) run');
  expect(() => planOf('rate(1 hour)', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } })).toThrow('flexible time windows');
});
