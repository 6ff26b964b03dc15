import { type BenchStack, withStack } from './bench-stack.ts';
import { bulkRequest, contactsPerRequest } from './bulk-request.ts';
import { type Figure, medianOf } from './figure.ts';
import type { Progress } from './progress.ts';

const bound = { most: 1_000 };

/** Takes the time until `POST /contacts` with 3,000 new contacts is answered, on a cold stack and then on a warm one. */
export const measureAccept = async (rounds: number, progress: Progress): Promise<Figure[]> => {
  progress.step('Accepting 3,000 contacts');
  const [cold = 0, ...warm] = await withStack({}, (stack) => acceptTimes(stack, rounds, progress));
  const what = `POST /contacts with ${contactsPerRequest} contacts`;
  return [
    { what: `${what}, cold`, value: cold, unit: 'ms', bound },
    { what: `${what}, warm, median of ${warm.length}`, value: medianOf(warm), unit: 'ms', bound },
    { what: `${what}, warm, slowest`, value: Math.max(...warm), unit: 'ms', bound },
  ];
};

/** One request after the other, each when the import before it is over. */
const acceptTimes = async (stack: BenchStack, rounds: number, progress: Progress): Promise<number[]> => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { sessionId, milliseconds } = await stack.send(bulkRequest(round * contactsPerRequest, contactsPerRequest));
    times.push(milliseconds);
    await stack.untilFinished(sessionId);
    progress.at(round + 1, rounds);
  }
  return times;
};
