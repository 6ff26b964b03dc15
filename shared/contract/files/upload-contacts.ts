import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import { fileNameOf, type Link, type LinkRules, publicPartOf, readLink } from '#domain/files/link.ts';
import type { Upload } from '#domain/files/upload.ts';
import type { ImportSettings } from '#domain/imports/import-session.ts';
import { WebError } from '#domain/web/web-error.ts';
import { carriedText } from '../carried-text.ts';
import { isObject } from '../imports/bind.ts';
import { importSettingsRequest, parseImportSettings } from '../imports/import-settings.ts';
import { fileOptionsRequest, parseFileOptions } from './file-options.ts';

/** The body of `POST /api/v1/contacts/upload` (contract 4.9). */
export const uploadContactsRequest = z
  .extend(z.extend(importSettingsRequest, fileOptionsRequest.shape), {
    link: z
      .string()
      .check(
        z.describe('Where the file is, by https or http; user name and password may stand in it and are not stored'),
      ),
  })
  .check(
    z.meta({
      id: 'UploadContacts',
      examples: [
        {
          link: 'https://user:password@shop.example/contacts.csv',
          dedupeOn: 'email',
          groupNames: ['Customers'],
          eventKeyForNewContacts: 'newContact',
        },
      ],
    }),
  );

/** The answer to a request that has a file imported. */
export const uploadContactsResponse = z
  .object({
    id: z.literal(0),
    asyncSessionId: z.uuid().check(z.describe('Asks `GET /api/v1/importstatus/{sessionId}` how it went')),
  })
  .check(
    z.meta({
      id: 'UploadContactsAnswer',
      examples: [{ id: 0, asyncSessionId: 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90' }],
    }),
  );

/** A file behind a link, and how it is to be imported. */
export interface UploadContacts {
  readonly settings: ImportSettings;
  /** What may be remembered of it. */
  readonly upload: Upload;
  /** As the caller named it, with its credentials. */
  readonly link: string;
}

/**
 * Reads the body of `POST /api/v1/contacts/upload`. Whether the link leads anywhere is found out later.
 * @throws RollcallError INVALID_REQUEST.
 */
export const parseUploadContacts = (body: unknown, rules: LinkRules): UploadContacts => {
  if (!isObject(body)) throw new RollcallError('INVALID_REQUEST', 'The body must be an object with "link"');
  if (typeof body.link !== 'string' || body.link.trim() === '') {
    throw new RollcallError('INVALID_REQUEST', 'link must be the address of a file, e.g. https://shop.example/f.csv');
  }
  const link = linkOf(body.link, rules);
  const fileName = fileNameOf(link);
  return {
    settings: parseImportSettings(body),
    upload: {
      link: publicPartOf(link),
      ...(fileName !== undefined && { fileName: shortName(fileName) }),
      ...parseFileOptions(body),
    },
    link: body.link.trim(),
  };
};

/** Decoding a link brings characters back that nothing carries; they are replaced as everywhere. */
const shortName = (fileName: string): string => carriedText(fileName.slice(0, longestFileName));

const longestFileName = 255;

const linkOf = (text: string, rules: LinkRules): Link => {
  try {
    return readLink(text, rules);
  } catch (error) {
    if (error instanceof WebError) throw new RollcallError('INVALID_REQUEST', `link: ${error.message}`);
    throw error;
  }
};
