import * as z from 'zod/mini';
import { type ErrorCode, errorCatalogue, type RollcallError } from '#domain/error.ts';

/** The body of every error (contract 1.5). */
export const errorResponse = z
  .object({
    timestamp: z.iso.datetime(),
    status: z.int().check(z.describe('The HTTP status again')),
    error: z.string().check(z.describe('The reason phrase')),
    code: z
      .enum(Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]])
      .check(z.describe('What happened; `docs/errors.md` explains each code')),
    message: z.string().check(z.describe('What went wrong, for people')),
    path: z.string(),
  })
  .check(z.meta({ id: 'Error' }));

/** An error in its envelope. */
export const errorEnvelope = (
  { code, message }: RollcallError,
  { path, timestamp }: { path: string; timestamp: string },
): z.output<typeof errorResponse> => {
  const { status, title } = errorCatalogue[code];
  return { timestamp, status, error: title, code, message, path };
};
