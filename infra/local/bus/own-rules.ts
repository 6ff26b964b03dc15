import { setTimeout as pause } from 'node:timers/promises';
import type { Deliver } from './deliver.ts';
import type { EventEnvelope } from './envelope.ts';
import type { OwnRule, OwnTarget } from './read-own-rules.ts';
import { runCommand } from './run-command.ts';

/** What the delivery to consumers outside of the stack needs. */
export interface OwnDeliveryPorts {
  /** Shows a line in the terminal. */
  readonly tell: (line: string) => void;
  /** How long a consumer that failed is left alone before it gets the event again. */
  readonly retryAfterSeconds: number;
  readonly signal: AbortSignal;
}

/** A delivery to consumers of the developer's own, which holds nobody up, and the end of it. */
export interface OwnDelivery {
  readonly deliver: Deliver;
  /** Resolves when each consumer has what was delivered, or was given up on. */
  settled(): Promise<void>;
}

/** EventBridge tries for a day; a developer wants to see that it failed. */
const mostAttempts = 3;

/** Brings events of the stack's buses to the consumers whose pattern matches, each event by itself and in order. */
export const deliverToOwn = (rules: readonly OwnRule[], ports: OwnDeliveryPorts): OwnDelivery => {
  const lanes = new Map<OwnRule, Promise<void>>();
  const hand = (rule: OwnRule, event: EventEnvelope): void => {
    const before = lanes.get(rule) ?? Promise.resolve();
    lanes.set(
      rule,
      before.then(() => persist(rule, event, ports)),
    );
  };
  return {
    deliver: async (events) => {
      for (const { busName, event } of events) {
        if (busName === 'default') continue;
        for (const rule of rules) if (rule.matches(event)) hand(rule, event);
      }
    },
    settled: async () => {
      await Promise.all(lanes.values());
    },
  };
};

const persist = async ({ name, target }: OwnRule, event: EventEnvelope, ports: OwnDeliveryPorts): Promise<void> => {
  const { tell, retryAfterSeconds, signal } = ports;
  for (let attempt = 1; attempt <= mostAttempts && !signal.aborted; attempt++) {
    const problem = await attemptOn(target, event, ports);
    if (problem === undefined) return;
    const isLast = attempt === mostAttempts;
    tell(
      `[rule] ${name} failed on ${String(event['detail-type'])} ${String(event.id)}: ${problem}${isLast ? '; given up' : ''}`,
    );
    if (!isLast) await pause(retryAfterSeconds * 1000, undefined, { signal }).catch(() => {});
  }
};

/** Why the consumer did not take an event; `undefined` if it did. */
const attemptOn = async (
  target: OwnTarget,
  event: EventEnvelope,
  { tell, signal }: OwnDeliveryPorts,
): Promise<string | undefined> => {
  const body = JSON.stringify(event);
  if ('command' in target) return runCommand(target.command, body, { tell, signal });
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(mostMilliseconds)]),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `it answered ${response.status}`;
  } catch (error) {
    const { cause, message } = error as Error;
    return cause instanceof Error && cause.message ? cause.message : message;
  }
};

/** As long as an API destination of EventBridge has (user guide, "API destinations"). */
const mostMilliseconds = 5_000;
