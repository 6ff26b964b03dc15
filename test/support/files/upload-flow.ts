import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { TestStack } from '#test/support/local-stack.ts';

const offer = z.object({ uploadId: z.uuid(), url: z.url(), headers: z.record(z.string(), z.string()) });
const acceptance = z.strictObject({ id: z.literal(0), asyncSessionId: z.uuid() });

/** Sends a file as callers do and has it imported; returns the session. */
export const importFile = async (
  stack: TestStack,
  file: string | Buffer,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<string> => {
  const bytes = Buffer.from(file);
  const sha256 = createHash('sha256').update(bytes).digest('base64');
  const asked = { size: bytes.length, sha256, fileName: 'contacts.csv' };
  const { uploadId, url, headers } = offer.parse(
    (await stack.request('POST', '/admin/v1/uploads', { body: asked })).json,
  );
  const put = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  if (!put.ok) throw new Error(`The file was answered ${put.status}: ${await put.text()}`);
  const answer = await stack.request('POST', `/admin/v1/uploads/${uploadId}/import`, { body: settings });
  if (answer.status !== 200) throw new Error(`Answered ${answer.status}: ${answer.text}`);
  return acceptance.parse(answer.json).asyncSessionId;
};

/** A file of so many contacts, the first of which has this number. */
export const csvOf = (rows: number, { first = 0 }: { readonly first?: number } = {}): string =>
  `email,phone,firstName\n${linesOf(rows, { first })}`;

/** The rows of such a file alone. */
export const linesOf = (rows: number, { first }: { readonly first: number }): string =>
  Array.from({ length: rows }, (_, row) => lineOf(first + row)).join('');

const lineOf = (number: number): string =>
  `file-${number}@example.com,+38050${String(1_000_000 + number)},"Марія ${number}"\n`;
