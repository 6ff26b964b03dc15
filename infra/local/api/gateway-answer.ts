import * as z from 'zod';

/** An answer on its way to the caller. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | string;
}

/** What the gateway says by itself. */
export const gatewayMessage = (status: number, message: string): GatewayAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});

const headerValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const functionAnswer = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), headerValue).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Reads what a function returned (payload format 2.0); `undefined` when the gateway cannot make an answer of it. */
export const readFunctionAnswer = (json: string): GatewayAnswer | undefined => {
  const result: unknown = JSON.parse(json);
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: typeof result === 'string' ? result : json,
    };
  }
  const parsed = functionAnswer.safeParse(result);
  if (!parsed.success) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const hasType = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'content-type');
  return {
    status: statusCode,
    headers: {
      ...(!hasType && { 'content-type': 'text/plain;charset=UTF-8' }),
      // Names go out as the function spells them: some clients look for `TotalCount` in that very case.
      ...headers,
      ...(cookies && { 'set-cookie': cookies }),
    },
    body: isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
};
