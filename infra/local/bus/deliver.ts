import { setTimeout as pause } from 'node:timers/promises';
import { functionNameOf } from '../function/function.ts';
import type { Permissions } from '../permission/permissions.ts';
import { location } from '../template/location.ts';
import type { EventEnvelope } from './envelope.ts';
import { type EventTarget, type RulePlan, ruleArn } from './event-rule.ts';
import { isRecord, type Json } from './json.ts';
import type { AcceptedEvent } from './put-events.ts';

/** What delivery needs. */
export interface DeliveryPorts {
  readonly sendToQueue: (queueArn: string, bodies: readonly string[]) => Promise<void>;
  /** Hands an event to a function; resolves at once, as EventBridge's part ends there. */
  readonly invokeFunction: (functionName: string, event: unknown) => void;
  /** Whether the rights of a target let events in. */
  readonly mayPass: Permissions['allows'];
  readonly onError: (error: unknown) => void;
}

/** Brings events to the targets of the rules that match them. */
export type Deliver = (events: readonly AcceptedEvent[]) => Promise<void>;

/** EventBridge lets an event go from bus to bus; a circle of buses ends here. */
const maxHops = 5;

/** A delivery by rules; events for one queue go in batches. */
export const deliverBy = (rules: readonly RulePlan[], ports: DeliveryPorts): Deliver => {
  const deliver = async (events: readonly AcceptedEvent[], hops: number): Promise<void> => {
    const work = rules.flatMap((rule) => {
      const matched = events.filter(({ busName, event }) => busName === rule.busName && rule.matches(event));
      return matched.length === 0
        ? []
        : rule.targets.map((target) =>
            toTarget(
              { ...target, ruleName: rule.name },
              matched.map(({ event }) => event),
              hops,
            ),
          );
    });
    await Promise.all(work);
  };
  const toTarget = async (target: RuleTarget, events: readonly EventEnvelope[], hops: number): Promise<void> => {
    try {
      ensureAllowed(target, actionOn(target.Arn), target.Arn);
      await persist(target, () => attempt(target, events, hops));
    } catch (error) {
      ports.onError(error);
      const deadLetters = target.DeadLetterConfig?.Arn;
      if (deadLetters) {
        ensureAllowed(target, 'sqs:SendMessage', deadLetters);
        await ports.sendToQueue(
          deadLetters,
          events.map((event) => JSON.stringify(event)),
        );
      }
    }
  };
  const ensureAllowed = ({ rights, ruleName }: RuleTarget, action: string, resource: string): void => {
    const context = { 'aws:SourceArn': [ruleArn(ruleName)], 'aws:SourceAccount': [location.accountId] };
    if (!ports.mayPass(rights, { action, resource, context })) throw new Error(`${ruleName} may not reach ${resource}`);
  };
  const attempt = async (target: EventTarget, events: readonly EventEnvelope[], hops: number): Promise<void> => {
    const kind = target.Arn.split(':')[2];
    if (kind === 'sqs')
      return ports.sendToQueue(
        target.Arn,
        events.map((event) => inputText(target, event)),
      );
    if (kind === 'lambda') {
      for (const event of events) ports.invokeFunction(functionNameOf(target.Arn), inputOf(target, event));
      return;
    }
    if (hops >= maxHops) throw new Error(`Events go in circles through ${target.Arn}`);
    const busName = target.Arn.replace(/^.*:event-bus\//, '');
    await deliver(
      events.map((event) => ({ busName, event })),
      hops + 1,
    );
  };

  return async (events) => {
    try {
      await deliver(events, 0);
    } catch (error) {
      ports.onError(error);
    }
  };
};

/** A target with the rule that names it. */
interface RuleTarget extends EventTarget {
  readonly ruleName: string;
}

const actionOn = (arn: string): string => {
  if (arn.startsWith('arn:aws:sqs:')) return 'sqs:SendMessage';
  return arn.startsWith('arn:aws:lambda:') ? 'lambda:InvokeFunction' : 'events:PutEvents';
};

/** EventBridge tries for a day; here the engines are near, and three attempts tell a slip from a fault. */
const mostAttempts = 3;

const persist = async ({ RetryPolicy }: EventTarget, attempt: () => Promise<void>): Promise<void> => {
  const attempts = Math.min(mostAttempts, 1 + (RetryPolicy?.MaximumRetryAttempts ?? mostAttempts));
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (count >= attempts) throw error;
      await pause(100 * count);
    }
  }
};

const inputOf = ({ Input, InputPath }: EventTarget, event: EventEnvelope): unknown => {
  if (Input !== undefined) return JSON.parse(Input);
  if (InputPath === undefined) return event;
  return InputPath.split('.')
    .slice(1)
    .reduce<Json>((part, name) => (isRecord<Json>(part) ? part[name] : undefined), event);
};

const inputText = (target: EventTarget, event: EventEnvelope): string =>
  JSON.stringify(inputOf(target, event)) ?? 'null';
