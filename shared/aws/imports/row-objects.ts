import type { ImportChunk, ImportRow } from '#domain/imports/import-session.ts';
import type { ImportFiles } from '#domain/imports/ports.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb } from '../clients/dynamodb-client.ts';
import { objectRequestsBy } from '../clients/object-requests.ts';
import { ndjson } from '../table/ndjson.ts';

/** The part of the import files that stores rows: a function that does nothing else loads nothing else. */
type RowObjects = Pick<ImportFiles, 'putRows' | 'putWindow'>;

/** Stores rows as lines, one object a request or a window of a file, of which each chunk has its bytes. */
export const rowObjectsBy = (put: (key: string, body: Buffer) => Promise<unknown>): RowObjects => {
  const putChunks = async (key: string, chunks: readonly (readonly ImportRow[])[]) => {
    const texts = chunks.map((rows) => Buffer.from(toLines(rows)));
    await put(key, Buffer.concat(texts));
    let firstByte = 0;
    return texts.map(({ length }) => {
      const range = { firstByte, lastByte: firstByte + length - 1 };
      firstByte += length;
      return range;
    });
  };

  return {
    putRows: (sessionId, chunks) => putChunks(keyOfRows({ sessionId }), chunks),

    putWindow: async ({ sessionId, number, attemptId }, chunks) => {
      const rowsKey = `${windowsPrefix(sessionId)}${number}-${attemptId}.ndjson`;
      return (await putChunks(rowsKey, chunks)).map((range) => ({ ...range, rowsKey }));
    },
  };
};

const importBucketName = /* @__PURE__ */ variable('importBucketName');

/** The rows of this stage. */
export const rowObjects: RowObjects = /* @__PURE__ */ lazily(() => {
  const { put } = objectRequestsBy(dynamodb());
  const bucket = importBucketName();
  return rowObjectsBy((key, body) => put({ bucket, key, body, contentType: ndjson }));
});

/** Where the rows of a chunk are. */
export const keyOfRows = ({ sessionId, rowsKey }: Pick<ImportChunk, 'sessionId' | 'rowsKey'>): string =>
  rowsKey ?? `imports/${sessionId}/rows.ndjson`;

/** Where the windows of a file are. */
export const windowsPrefix = (sessionId: string): string => `imports/${sessionId}/rows/`;

/** Values as newline-delimited JSON. */
export const toLines = (values: readonly object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');
