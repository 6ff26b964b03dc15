import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '#test/support/fault-proxy/service-faults.ts';
import type { Ledger } from './ledger.ts';
import type { Trail } from './trail.ts';

/** An answer that says what became of a request. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
}

/** What drivers act on. */
export interface World {
  readonly random: Random;
  readonly ledger: Ledger;
  readonly trail: Trail;
  /** How many people there are. */
  readonly people: number;
  /** Whether callers should come to an end. */
  isOver(): boolean;
  /**
   * Sends a request until it is answered: again where nothing is answered, after 429 and after 5xx, as callers do. A 5xx
   * of a stack that nobody disturbs is a violation.
   */
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** One of so many things, by chance. */
export const oneOf = <Value>(values: readonly Value[], random: Random): Value => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('There is nothing to choose from');
  return value;
};

/** The address of a person. */
export const addressOf = (person: number): string => `p-${person}@example.com`;

/** A person as requests say it: each is always told by the same identities, so that nobody may be two contacts. */
export const personOf = (person: number, about: object = {}) => ({
  ...(person % 2 === 0 && { externalCustomerId: `ext-${person}` }),
  channels: [{ type: 'email', value: addressOf(person) }],
  ...about,
});

/** What may happen to a person for good, which leaves the others to whom nothing does. */
export const isErasable = (person: number): boolean => person % 7 === 0;
export const isDeletable = (person: number): boolean => person % 5 === 0;
export const isUnsubscribable = (person: number): boolean => person % 11 === 0;

/** So many neighbours from a person on, who are often somebody else's, too. */
export const someone = (world: World): number => Math.floor(world.random() * world.people);

interface Caller {
  /** Where the stack is now; it changes with each start. */
  readonly url: () => string;
  readonly key: string;
  readonly trail: Trail;
  /** Whether nobody disturbs the stack any more. */
  readonly isCalm: () => boolean;
}

/** How a caller asks, who never gives up. */
export const caller =
  ({ url, key, trail, isCalm }: Caller): World['ask'] =>
  async (method, path, body) => {
    const authorization = `Basic ${Buffer.from(`:${key}`).toString('base64')}`;
    for (let attempt = 1; ; attempt++) {
      const wasCalm = isCalm();
      const answer = await attemptTo(`${url()}${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        signal: AbortSignal.timeout(40_000),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (answer && answer.status !== 429 && answer.status < 500) return answer;
      if (wasCalm && answer && answer.status >= 500) {
        trail.violate('no 5xx in a stack at rest', `${method} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
      }
      if (attempt === 300) throw new Error(`Nobody answers ${method} ${path}: ${answer?.status} ${answer?.text}`);
      await pause(Math.min(1000, 50 * attempt));
    }
  };

const attemptTo = async (url: string, init: RequestInit): Promise<Answer | undefined> => {
  try {
    const response = await fetch(url, init);
    const text = await response.text();
    return { status: response.status, text, json: jsonIn(text) };
  } catch {
    return undefined;
  }
};

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
