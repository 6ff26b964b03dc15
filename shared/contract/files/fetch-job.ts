import * as z from 'zod/mini';
import type { FetchJob } from '#domain/files/fetch-ports.ts';
import { parseImportSettings } from '../imports/import-settings.ts';
import { fileOptionsRequest, present } from './file-options.ts';

const stored = z.object({ key: z.string().check(z.minLength(1)), size: z.int().check(z.nonnegative()) });

const message = z.object({
  session: z.object({
    sessionId: z.uuid(),
    settings: z.record(z.string(), z.unknown()),
    state: z.literal('STARTED'),
    total: z.literal(0),
    chunkCount: z.literal(0),
    createdAt: z.iso.datetime(),
    createdBy: z.optional(z.string()),
    dryRun: z.optional(z.literal(true)),
    upload: z.extend(fileOptionsRequest, { link: z.optional(z.string()), fileName: z.optional(z.string()) }),
  }),
  sealedLink: z.optional(z.string()),
  file: z.optional(stored),
});

/**
 * Reads the body of a message in the queue of files to fetch; throws if it is none.
 */
export const readFetchJob = (body: unknown): FetchJob => {
  const { session, sealedLink, file } = message.parse(body);
  const { link, fileName, ...options } = session.upload;
  const { dryRun, createdBy, ...rest } = session;
  const read = {
    ...rest,
    ...(dryRun && { dryRun }),
    ...(createdBy !== undefined && { createdBy }),
    settings: parseImportSettings(session.settings),
    upload: {
      ...(link !== undefined && { link }),
      ...(fileName !== undefined && { fileName }),
      ...present(options),
    },
  };
  if (sealedLink !== undefined) return { session: read, sealedLink };
  if (file) return { session: read, file };
  throw new Error('The message names neither a link nor a file');
};
