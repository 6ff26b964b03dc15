import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { FileOptions } from '#domain/files/upload.ts';
import { explainedWords } from '../consent/consent-words.ts';
import { binderOf, isObject } from '../imports/bind.ts';
import { describeIssues } from '../issue.ts';
import { orderOfFormat } from './date-order.ts';
import { sourceNames } from './kits.ts';

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
  sheet: z.optional(
    z.string().check(
      z.maxLength(100),
      z.meta({
        description: 'The sheet of a workbook; the first one that is not hidden if absent',
        examples: ['Clients'],
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
  source: z.optional(
    z
      .enum(sourceNames)
      .check(
        z.describe('The program that the file was exported from, `plain` for none; known by its header where absent'),
      ),
  ),
  consentWords: z.optional(
    z.record(z.string().check(z.maxLength(100)), z.enum(explainedWords)).check(
      z.refine((words) => Object.keys(words).length <= 100, 'have at most 100 words'),
      z.meta({ description: 'What words of the file say about consent', examples: [{ 'left us': 'unsubscribed' }] }),
    ),
  ),
  dateFormat: z.optional(
    z.string().check(
      z.maxLength(20),
      z.refine(
        (format) => orderOfFormat(format) !== undefined,
        'have day, month and year in some order, e.g. DD/MM/YYYY',
      ),
      z.meta({
        description: 'The order of day, month and year in dates; found out where absent',
        examples: ['MM/DD/YYYY'],
      }),
    ),
  ),
  defaultCountry: z.optional(
    z.string().check(
      z.regex(/^([A-Z]{2}|\+)$/),
      z.meta({
        description:
          'The country of phones that name none, ISO 3166-1 alpha-2; `+` where each begins with its country code. That of the stage where absent',
        examples: ['PL'],
      }),
    ),
  ),
  keepIds: z.optional(
    z
      .boolean()
      .check(z.describe('Whether the id that the other program has for a person becomes the externalCustomerId')),
  ),
  tagsToSegments: z.optional(
    z.boolean().check(z.describe('Whether tags, lists and groups of a person become segments')),
  ),
});

/**
 * Reads what a caller says about a file, leniently.
 * @throws RollcallError INVALID_REQUEST that names every bad member.
 */
export const parseFileOptions = (body: Readonly<Record<string, unknown>>): FileOptions => {
  const { fieldMapping, delimiter, defaultCountry, ...bound } = bindOptions(body) as Record<string, unknown>;
  const parsed = fileOptionsRequest.safeParse({
    ...bound,
    defaultCountry: typeof defaultCountry === 'string' ? defaultCountry.trim().toUpperCase() : defaultCountry,
    // Only a tab is lost when texts are trimmed on their way.
    delimiter: delimiter === 'tab' || delimiter === '\\t' ? '\t' : delimiter,
    fieldMapping: isObject(fieldMapping) ? textsOf(fieldMapping) : fieldMapping,
  });
  if (!parsed.success) throw new RollcallError('INVALID_REQUEST', describeIssues(parsed.error.issues));
  const { encoding, ...said } = parsed.data;
  return {
    ...present(said),
    ...(encoding !== undefined && { encoding: new TextDecoder(encoding).encoding }),
  };
};

/** The options without those that nobody named. */
export const present = (options: { [Name in keyof FileOptions]: FileOptions[Name] | undefined }): FileOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

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
