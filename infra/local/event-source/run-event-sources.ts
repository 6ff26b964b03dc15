import { functionNameOf } from '../function/function.ts';
import type { LocalFunction } from '../function/local-function.ts';
import type { QueuePlan } from '../queue/queue.ts';
import type { EventSourcePlan } from './event-source-mapping.ts';
import { type EventSource, type EventSourcePorts, runEventSource } from './run-event-source.ts';

/** Runs those event sources that are switched on. Throws if one feeds a function that the template lacks. */
export const runEventSources = (
  plans: readonly EventSourcePlan[],
  functions: ReadonlyMap<string, LocalFunction>,
  ports: Omit<EventSourcePorts, 'fn' | 'deadLetterQueue' | 'visibilitySeconds'> & {
    readonly queuePlans: readonly QueuePlan[];
  },
): EventSource => {
  const running = plans
    .filter(({ properties }) => properties.Enabled)
    .map((plan) => {
      const name = functionNameOf(plan.properties.FunctionName);
      const fn = functions.get(name);
      if (!fn) throw new Error(`${plan.logicalId} feeds ${name}, which is not in the template`);
      const queue = ports.queuePlans.find(({ name: queueName }) =>
        plan.properties.EventSourceArn.endsWith(`:${queueName}`),
      );
      return runEventSource(plan, { ...ports, fn, ...aboutOf(queue) });
    });

  return {
    stop: async () => {
      await Promise.all(running.map((eventSource) => eventSource.stop()));
    },
  };
};

/** What a queue says about its messages; those of a queue outside of the template are hidden for the time of Amazon SQS. */
const aboutOf = (queue: QueuePlan | undefined) => ({
  deadLetterQueue: queue?.properties.RedrivePolicy?.deadLetterTargetArn.split(':').at(-1),
  visibilitySeconds: queue?.properties.VisibilityTimeout ?? 30,
});
