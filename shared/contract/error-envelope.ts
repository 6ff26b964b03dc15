import * as z from 'zod';
import { errorCatalogue, type RollcallError } from '#domain/error.ts';

/** The body of every error (contract 1.5). */
export const errorResponse = z
  .object({
    timestamp: z.iso.datetime(),
    status: z.int().meta({ description: 'The HTTP status again' }),
    error: z.string().meta({ description: 'The reason phrase' }),
    message: z.string().meta({ description: 'What went wrong, for people' }),
    path: z.string(),
  })
  .meta({ id: 'Error' });

/** An error in its envelope. */
export const errorEnvelope = (
  { code, message }: RollcallError,
  { path, timestamp }: { path: string; timestamp: string },
): z.output<typeof errorResponse> => {
  const { status, title } = errorCatalogue[code];
  return { timestamp, status, error: title, message, path };
};
