import { setTimeout as pause } from 'node:timers/promises';
import { type TaskState, valueAt, type WaitState } from './definition.ts';

/** A timer of JavaScript fires at once when it is set for longer. */
const longestTimer = 2 ** 31 - 1;

/** Waits for any time; ends early, with an error, when it is aborted. */
export const waitFor = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  for (let left = milliseconds; left > 0; left -= longestTimer) {
    await pause(Math.min(left, longestTimer), undefined, { signal });
  }
};

/** How long a wait takes from now on, in milliseconds. */
export const millisecondsOfWait = (state: WaitState, input: unknown): number => {
  const seconds = state.SecondsPath === undefined ? state.Seconds : Number(valueAt(input, state.SecondsPath));
  if (seconds !== undefined) return seconds * 1000;
  const time = state.TimestampPath === undefined ? state.Timestamp : valueAt(input, state.TimestampPath);
  return Math.max(0, Date.parse(String(time)) - Date.now());
};

/** After how many milliseconds a task is over; `undefined` if it never is. */
export const millisecondsOfTask = (state: TaskState, input: unknown): number | undefined => {
  const { TimeoutSeconds, TimeoutSecondsPath } = state;
  const seconds = TimeoutSecondsPath === undefined ? TimeoutSeconds : Number(valueAt(input, TimeoutSecondsPath));
  return seconds === undefined ? undefined : seconds * 1000;
};
