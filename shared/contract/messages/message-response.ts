import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { Message } from '#domain/messages/message.ts';

/** What became of a message that was asked for (contract 4.17). */
export const messagesResponse = z
  .object({
    id: z.literal(0),
    results: z.array(
      z.object({
        id: z.literal(0),
        locator: z.string().check(z.describe('The recipient as the request has it')),
        status: z.enum(['OK', 'ERROR']),
        requestId: z.string().check(z.describe('What the status is asked by')),
        message: z.optional(z.string().check(z.describe('Why there is an ERROR'))),
      }),
    ),
  })
  .check(
    z.meta({
      id: 'SentMessages',
      examples: [
        {
          id: 0,
          results: [
            { id: 0, locator: 'a@b.c', status: 'OK', requestId: 'b4b976cb-464a-492a-bfbb-a677d3413fd8' },
            {
              id: 0,
              locator: 'x',
              status: 'ERROR',
              requestId: '5a1fcd5a-6e0b-4d43-a97a-5bb3ea1d5e4b',
              message: "'x' is not valid email",
            },
          ],
        },
      ],
    }),
  );

/** The answer about recipients, in their order; a `requestId` is there whatever became of each. */
export const messagesBody = (
  results: readonly { readonly locator: string; readonly requestId: string; readonly error?: string }[],
): z.output<typeof messagesResponse> =>
  messagesResponse.parse({
    id: 0,
    results: results.map(({ locator, requestId, error }) => ({
      id: 0,
      locator,
      status: error === undefined ? 'OK' : 'ERROR',
      requestId,
      ...(error !== undefined && { message: error }),
    })),
  });

/** Ids that one request may ask about; more do not fit the 10 kB that API Gateway takes of an address and headers. */
const maxRequestIds = 250;

/** The parameter of `GET /api/v1/message/status` (contract 4.17). */
export const messageStatusQuery = z.object({
  ids: z.array(z.string()).check(
    z.meta({
      description: `At most ${maxRequestIds} values of \`requestId\`, separated by commas or in repeated parameters`,
      examples: [['b4b976cb-464a-492a-bfbb-a677d3413fd8']],
    }),
  ),
});

/** How messages fare (contract 4.17). */
export const messageStatusResponse = z
  .object({
    results: z.array(
      z.object({
        status: z
          .enum(['QUEUED', 'SENT', 'DELIVERED', 'UNDELIVERED', 'SPAM', 'UNKNOWN'])
          .check(z.describe('UNKNOWN: never accepted, or forgotten')),
        requestId: z.string(),
        failed: z.boolean(),
        delivered: z.boolean(),
      }),
    ),
  })
  .check(
    z.meta({
      id: 'MessageStatuses',
      examples: [
        {
          results: [
            {
              status: 'DELIVERED',
              requestId: 'b4b976cb-464a-492a-bfbb-a677d3413fd8',
              failed: false,
              delivered: true,
            },
          ],
        },
      ],
    }),
  );

/** Longer than every requestId, which is a UUID. */
const longestRequestId = 100;

/**
 * The ids of a query, each once, in order.
 * @throws RollcallError INVALID_REQUEST if there are none or too many.
 */
export const parseRequestIds = ({ ids: values }: z.output<typeof messageStatusQuery>): string[] => {
  const given = values.flatMap((value) => value.split(',')).map((text) => text.trim());
  const ids = [...new Set(given.filter((text) => text !== ''))];
  // A longer one names no message, and the table refuses keys of more than 2,048 bytes.
  if (ids.length >= 1 && ids.length <= maxRequestIds) return ids.filter((id) => id.length <= longestRequestId);
  throw new RollcallError('INVALID_REQUEST', `ids must have 1 to ${maxRequestIds} values of requestId`);
};

/** How messages fare, in the order in which they were asked for. */
export const messageStatusBody = (
  requestIds: readonly string[],
  messages: readonly Pick<Message, 'requestId' | 'status'>[],
): z.output<typeof messageStatusResponse> => {
  const known = new Map(messages.map(({ requestId, status }) => [requestId, status]));
  const results = requestIds.map((requestId) => {
    const status = known.get(requestId) ?? 'UNKNOWN';
    // A complaint is about a message that was delivered.
    const delivered = status === 'DELIVERED' || status === 'SPAM';
    return { status, requestId, failed: status === 'UNDELIVERED', delivered };
  });
  return messageStatusResponse.parse({ results });
};
