import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { FileOptions } from '#domain/files/upload.ts';
import { binderOf, isObject } from '../imports/bind.ts';
import { describeIssues } from '../issue.ts';

/** With the settings beside it, it has to fit into a message of a queue (an AWS SQS limit). */
const maxMappingBytes = 50_000;

/** What a caller may say about a file; our own members beside the vendor's (contract 4.9). */
export const fileOptionsRequest = z.object({
  delimiter: z.optional(
    z.string().check(
      z.regex(/^[^\p{L}\p{N}\p{Cs}"\r\n]$/u),
      z.meta({
        description: 'The character between cells, `tab` for a tab; found out if absent',
        examples: [';'],
      }),
    ),
  ),
  encoding: z.optional(
    z.string().check(
      z.refine(isEncoding, 'be the label of an encoding, e.g. utf-8 or windows-1251'),
      z.meta({
        description: 'A label of the WHATWG Encoding Standard; found out if absent',
        examples: ['windows-1251'],
      }),
    ),
  ),
  fieldMapping: z.optional(
    z.record(z.string().check(z.maxLength(500)), z.string().check(z.maxLength(100))).check(
      z.refine(
        (mapping) => Buffer.byteLength(JSON.stringify(mapping)) <= maxMappingBytes,
        `have at most ${maxMappingBytes} bytes`,
      ),
      z.meta({ description: 'Columns by the headers that stand for them', examples: [{ 'E-mail address': 'email' }] }),
    ),
  ),
});

/**
 * Reads what a caller says about a file, leniently.
 * @throws RollcallError INVALID_REQUEST that names every bad member.
 */
export const parseFileOptions = (body: Readonly<Record<string, unknown>>): FileOptions => {
  const { fieldMapping, delimiter, ...bound } = bindOptions(body) as Record<string, unknown>;
  const parsed = fileOptionsRequest.safeParse({
    ...bound,
    // Only a tab is lost when texts are trimmed on their way.
    delimiter: delimiter === 'tab' || delimiter === '\\t' ? '\t' : delimiter,
    fieldMapping: isObject(fieldMapping) ? textsOf(fieldMapping) : fieldMapping,
  });
  if (!parsed.success) throw new RollcallError('INVALID_REQUEST', describeIssues(parsed.error.issues));
  const { encoding } = parsed.data;
  return {
    ...(parsed.data.delimiter !== undefined && { delimiter: parsed.data.delimiter }),
    ...(encoding !== undefined && { encoding: new TextDecoder(encoding).encoding }),
    ...(parsed.data.fieldMapping && { fieldMapping: parsed.data.fieldMapping }),
  };
};

const bindOptions = binderOf(fileOptionsRequest);

/** Custom fields may be named by their ids, which are numbers. */
const textsOf = (mapping: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(mapping).map(([header, column]) => [header, typeof column === 'number' ? String(column) : column]),
  );

function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}
