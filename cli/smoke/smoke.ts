import { setTimeout as pause } from 'node:timers/promises';
import type * as z from 'zod';
import { jsonOr } from './json-or.ts';

/** An answer that the local stack does not give; the message says what differs. */
export class Difference extends Error {
  override name = 'Difference';
}

/** A stage cannot do what a check is about, by its settings; the message says which. */
export class NotHere extends Error {
  override name = 'NotHere';
}

/** A request, and the answer that the local stack gives to it. */
export interface Request<Answer> {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object | undefined;
  /** An API key; the one of the run if absent, none if empty. */
  readonly key?: string;
  /** 200 if absent. */
  readonly status?: number;
  /** What the answer looks like: JSON, or text if it is none. */
  readonly answer: z.ZodType<Answer>;
}

/** One run against a deployment. */
export interface Smoke {
  readonly url: string;
  /** Names whatever the run makes, so that it is found again. */
  readonly name: string;
  /** Makes an address at which Amazon SES takes every message and nobody reads it. */
  addressOf(who: string): string;
  /** Asks once. Throws `Difference` for any other answer. */
  ask<Answer>(request: Request<Answer>): Promise<Answer>;
  /** Asks until the answer is as expected. Throws `Difference`, with the last one, if it does not come to be. */
  until<Answer>(request: Request<Answer>): Promise<Answer>;
}

/** How a run asks. */
export interface SmokeOptions {
  readonly url: string;
  readonly key: string;
  readonly name: string;
  /** How long the stack has for what it does in the background. */
  readonly patienceSeconds: number;
}

const lookEveryMilliseconds = 250;

/** The requests of one run. */
export const smokeOn = ({ url, key: ownKey, name, patienceSeconds }: SmokeOptions): Smoke => {
  const ask: Smoke['ask'] = async ({ method = 'GET', path, body, key = ownKey, status = 200, answer }) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(key && { authorization: `Basic ${Buffer.from(`:${key}`).toString('base64')}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const shown = `${method} ${path} answered ${response.status} ${inShort(text)}`;
    if (response.status !== status) throw new Difference(`${shown} instead of ${status}`);
    const read = answer.safeParse(jsonOr(text));
    if (!read.success) throw new Difference(`${shown}: ${issuesIn(read.error)}`);
    return read.data;
  };
  return {
    url,
    name,
    addressOf: (who) => `success+${name}-${who}@simulator.amazonses.com`,
    ask,
    until: async (request) => {
      const deadline = Date.now() + patienceSeconds * 1000;
      for (;;) {
        try {
          return await ask(request);
        } catch (error) {
          if (!(error instanceof Difference)) throw error;
          if (Date.now() > deadline) throw new Difference(`After ${patienceSeconds} s: ${error.message}`);
          await pause(lookEveryMilliseconds);
        }
      }
    },
  };
};

/** In one line, also if it is a page. */
const inShort = (text: string): string => {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length > 300 ? `${flat.slice(0, 300)} …` : flat || '(nothing)';
};

const issuesIn = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)).join('; ');
