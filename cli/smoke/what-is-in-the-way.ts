import * as z from 'zod';
import { jsonOr } from './json-or.ts';
import type { SmokeOptions } from './smoke.ts';

const ownKey = z.object({ name: z.string(), scope: z.string() });

/**
 * Why a run cannot begin, in a sentence: nobody answers, the key is unknown, or it may not do what a run does. `undefined`
 * where something answers that may be Rollcall: the checks then say what is wrong with it.
 */
export const whatIsInTheWay = async ({ url, key }: Pick<SmokeOptions, 'url' | 'key'>): Promise<string | undefined> => {
  try {
    const headers = { authorization: `Basic ${Buffer.from(`:${key}`).toString('base64')}` };
    const response = await fetch(`${url}/admin/v1/own-key`, { headers });
    const text = await response.text();
    if (response.status === 401) return `${url} does not know the key: name one by --key or ROLLCALL_KEY.`;
    const known = response.ok ? ownKey.safeParse(jsonOr(text)).data : undefined;
    if (known === undefined || known.scope === 'full') return undefined;
    return `The key ${known.name} has the scope ${known.scope}, and this test needs one with the scope full.`;
  } catch (error) {
    const { cause, message } = error instanceof Error ? error : new Error(String(error));
    return `Nobody answers at ${url}: ${cause instanceof Error ? cause.message : message}.`;
  }
};
