import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from './client.ts';
import type { components } from './openapi.d.ts';
import type { Import } from './types.ts';

/** How a file is to be imported. */
export type ImportAsked = components['schemas']['ImportUpload'];

/** What a file turned out to be, with its first rows. */
export type FilePreview = components['schemas']['FilePreview'];

/** Whether nothing more becomes of an import by itself. */
export const isOver = ({ state }: Import): boolean => state !== 'STARTED' && state !== 'IMPORTING';

const lookAgainMs = 1_000;

/** A page of imports; while one of them runs, it is read again and again. */
export const importsPage = (query: { cursor?: string; limit?: number }) =>
  queryOptions({
    queryKey: ['imports', query],
    queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/imports', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (data?.items.some((one) => !isOver(one)) ? 2 * lookAgainMs : false),
  });

/** One import, which is read again until it is over. */
export const importOf = (sessionId: string) =>
  queryOptions({
    queryKey: ['import', sessionId],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/admin/v1/imports/{sessionId}', { params: { path: { sessionId } }, signal })),
    refetchInterval: ({ state: { data } }) => (data && isOver(data) ? false : lookAgainMs),
  });

/** The rows of an import that failed, the first thousand. */
export const failedRowsOf = (sessionId: string) =>
  queryOptions({
    queryKey: ['import', sessionId, 'failed'],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/admin/v1/imports/{sessionId}/rows', {
          params: { path: { sessionId }, query: { outcome: 'failed', limit: 500 } },
          signal,
        }),
      ),
  });

/** Has a file imported that was sent, and returns the id of the import. */
export const importUpload = async (uploadId: string, asked: ImportAsked): Promise<string> => {
  const call = api.POST('/admin/v1/uploads/{uploadId}/import', { params: { path: { uploadId } }, body: asked });
  return (await answerOf(call)).asyncSessionId;
};

/** Has the file behind a link imported, and returns the id of the import. */
export const importLink = async (link: string, asked: ImportAsked): Promise<string> => {
  const { dryRun: _never, ...settings } = asked;
  return (await answerOf(api.POST('/api/v1/contacts/upload', { body: { link, ...settings } }))).asyncSessionId;
};

/** Reads the beginning of a file that was sent, as an import of it would. */
export const previewUpload = (uploadId: string, options: Pick<ImportAsked, 'encoding' | 'delimiter'>) =>
  answerOf(api.POST('/admin/v1/uploads/{uploadId}/preview', { params: { path: { uploadId } }, body: options }));
