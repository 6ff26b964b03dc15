import { nameOf, rightsByFunction } from './rights-in.ts';
import { referenceIn, resourcesOf, type Template } from './synthesized.ts';

/**
 * The functions that may bring about their own invocation by the services whose loops Lambda stops after 16 rounds: by a
 * queue that they or whoever they call may send to, by its dead-letter queue, or by a call of Lambda
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html).
 */
export const callThemselves = (template: Template): string[] => {
  const next = callsOf(template);
  return [...next.keys()].filter((name) => reachableFrom(name, next).has(name)).sort();
};

/** Whom each function may cause to be invoked next. */
const callsOf = (template: Template): Map<string, ReadonlySet<string>> => {
  const consumers = consumersByQueue(template);
  return new Map(
    [...rightsByFunction(template)].map(([name, rights]) => {
      const queues = rights.filter(({ action }) => action === 'sqs:SendMessage').map(({ on }) => on);
      const invoked = rights.filter(({ action }) => action === 'lambda:InvokeFunction');
      return [name, new Set([...queues.flatMap((queue) => consumers(queue)), ...invoked.flatMap(functionsIn)])];
    }),
  );
};

const functionsIn = ({ resource }: { readonly resource: unknown }): string[] =>
  [...JSON.stringify(resource).matchAll(/:function:rollcall-[a-z]+-([\w-]+)"/g)].map(([, name = '']) => name);

/** The functions that a message of a queue may come to: its own, and that of its dead-letter queue. */
const consumersByQueue = (template: Template) => {
  const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
  const consumersOf = (queue: string): string[] => {
    const own = mappings.filter(({ EventSourceArn }) => referenceIn(EventSourceArn) === queue);
    const names = own.flatMap(({ FunctionName }) => {
      const fn = template.Resources[referenceIn(FunctionName)];
      return fn ? [nameOf(fn)] : [];
    });
    const redrive = template.Resources[queue]?.Properties.RedrivePolicy as { deadLetterTargetArn: unknown } | undefined;
    return redrive ? [...names, ...consumersOf(referenceIn(redrive.deadLetterTargetArn))] : names;
  };
  return consumersOf;
};

const reachableFrom = (name: string, next: ReadonlyMap<string, ReadonlySet<string>>): Set<string> => {
  const reached = new Set<string>();
  const toVisit = [...(next.get(name) ?? [])];
  for (let one = toVisit.pop(); one !== undefined; one = toVisit.pop()) {
    if (reached.has(one)) continue;
    reached.add(one);
    toVisit.push(...(next.get(one) ?? []));
  }
  return reached;
};
