import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from './client.ts';
import type { components } from './openapi.d.ts';
import type { Import } from './types.ts';

/** How a file is to be imported. */
export type ImportAsked = components['schemas']['ImportUpload'];

/** What a file turned out to be, with its first rows. */
export type FilePreview = components['schemas']['FilePreview'];

/** Whether no further row of an import becomes anything: a cancelled one skips rows until it has finished. */
export const isOver = ({ state, finishedAt }: Import): boolean =>
  state === 'FINISHED' || state === 'ERROR' || (state === 'CANCELLED' && finishedAt !== undefined);

/** Whether an undo of an import, or the dry run of one, is not over. */
export const isUndoing = ({ undo }: Import): boolean => undo !== undefined && undo.finishedAt === undefined;

/** Whether an import may look different at the next look. */
const isMoving = (one: Import): boolean => !isOver(one) || isUndoing(one);

const lookAgainMs = 1_000;

/** A page of imports; while one of them runs, it is read again and again. */
export const importsPage = (query: { cursor?: string; limit?: number }) =>
  queryOptions({
    queryKey: ['imports', query],
    queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/imports', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (data?.items.some(isMoving) ? 2 * lookAgainMs : false),
  });

/** One import, which is read again until it is over. */
export const importOf = (sessionId: string) =>
  queryOptions({
    queryKey: ['import', sessionId],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/admin/v1/imports/{sessionId}', { params: { path: { sessionId } }, signal })),
    refetchInterval: ({ state: { data } }) => (data && !isMoving(data) ? false : lookAgainMs),
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

/** Pauses, resumes or cancels an import, or its undo if it is over. */
export const holdImport = (sessionId: string, act: 'pause' | 'resume' | 'cancel') => {
  const params = { params: { path: { sessionId } } };
  switch (act) {
    case 'pause':
      return answerOf(api.POST('/admin/v1/imports/{sessionId}/pause', params));
    case 'resume':
      return answerOf(api.POST('/admin/v1/imports/{sessionId}/resume', params));
    case 'cancel':
      return answerOf(api.POST('/admin/v1/imports/{sessionId}/cancel', params));
  }
};

/** Undoes an import, or tries what undoing it would do. */
export const undoImport = (sessionId: string, body: components['schemas']['UndoImport']) =>
  answerOf(api.POST('/admin/v1/imports/{sessionId}/undo', { params: { path: { sessionId } }, body }));
