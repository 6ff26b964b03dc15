import * as z from 'zod';
import type { QueuePlan } from './queue.ts';
import { queueClient } from './queue-client.ts';

const entry = z.object({ body: z.string() });

const inspection = z.object({
  messages: z.object({
    ready: z.array(entry),
    delayed: z.array(entry),
    inflight: z.array(z.object({ message: entry })),
  }),
});

/** A look into the queues of a running stack. */
export interface LocalQueues {
  /** The name of each. */
  readonly names: readonly string[];
  /**
   * The bodies of a queue's messages by their state, without receiving them: `ready` are all that wait, and `delayed` are
   * those of them that nobody receives yet.
   */
  peek(name: string): Promise<{ ready: string[]; delayed: string[]; inFlight: string[] }>;
  send(name: string, bodies: readonly string[]): Promise<void>;
}

/** Looks into queues; a name may be the end of the queue's own. */
export const inspectQueues = (endpoint: string, queues: readonly QueuePlan[]): LocalQueues => {
  const client = queueClient(endpoint);
  const fullName = (name: string): string => {
    const endings = queues.filter((queue) => queue.name.endsWith(`-${name}`) || queue.logicalId === name);
    const found = queues.find((queue) => queue.name === name) ?? endings.toSorted(byLength)[0];
    if (!found) throw new Error(`There is no queue ${name}: ${queues.map((queue) => queue.name).join(', ')}`);
    return found.name;
  };

  return {
    names: queues.map(({ name }) => name),
    send: (name, bodies) => client.send(fullName(name), bodies),
    peek: async (name) => {
      const response = await fetch(`${endpoint}/_fauxqs/queues/${fullName(name)}`);
      const { messages } = inspection.parse(await response.json());
      return {
        ready: [...messages.ready, ...messages.delayed].map(({ body }) => body),
        delayed: messages.delayed.map(({ body }) => body),
        inFlight: messages.inflight.map(({ message }) => message.body),
      };
    },
  };
};

/** `dead-letter` means the queue of that name before `event-log-dead-letter`. */
const byLength = (left: { name: string }, right: { name: string }) => left.name.length - right.name.length;
