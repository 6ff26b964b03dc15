import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { PathParameter } from './operation.ts';

const numericId = z.int().check(z.positive(), z.meta({ description: 'An id', examples: [95064060] }));
const uuid = z.uuid();

/** The id of a contact in a path; 404 if it can be none. */
export const contactId: PathParameter<number> = { schema: numericId, read: (text) => readId('Contact', text) };

/** The id of a segment in a path; 404 if it can be none. */
export const segmentId: PathParameter<number> = { schema: numericId, read: (text) => readId('Group', text) };

/** The id of a stored message in a path; 404 if it can be none. */
export const messageId: PathParameter<number> = { schema: numericId, read: (text) => readId('Message', text) };

/** The `asyncSessionId` of an import in a path; 404 if it can be none. */
export const sessionId: PathParameter<string> = { schema: uuid, read: (text) => readUuid('Import session', text) };

/** The id of an upload in a path; 404 if it can be none. */
export const uploadId: PathParameter<string> = { schema: uuid, read: (text) => readUuid('Upload', text) };

/** The id of a run of a workflow in a path; 404 if it can be none. */
export const runId: PathParameter<string> = { schema: uuid, read: (text) => readUuid('Workflow run', text) };

const keyIdPattern = /^[0-9a-f]{12}$/;
const keyIdSchema = z
  .string()
  .check(z.regex(keyIdPattern), z.meta({ description: 'The `id` of a key', examples: ['9f86d081884c'] }));

/** The id of an API key in a path; 404 if it can be none. */
export const keyId: PathParameter<string> = {
  schema: keyIdSchema,
  read: (text) => {
    if (keyIdPattern.test(text)) return text;
    throw new RollcallError('NOT_FOUND', `The key ${text.slice(0, 40)} was not found`);
  },
};

/** The path of a screen or a file of the console. */
export const consolePath: PathParameter<string> = {
  schema: z.string().check(z.meta({ description: 'A screen or a file', examples: ['contacts'] })),
  read: (text) => text,
};

const workflowIdPattern = /^[a-z0-9][a-z0-9-]{0,49}$/;
const workflowIdSchema = z
  .string()
  .check(z.regex(workflowIdPattern), z.meta({ description: 'An id of your choice', examples: ['welcome'] }));

/** The id of a workflow in a path; 404 if it can be none. */
export const workflowId: PathParameter<string> = {
  schema: workflowIdSchema,
  read: (text) => {
    if (workflowIdPattern.test(text)) return text;
    const rule = 'ids of workflows have 1 to 50 lower-case letters, digits and hyphens';
    throw new RollcallError('NOT_FOUND', `Workflow '${text.slice(0, 50)}' not found: ${rule}`);
  },
};

const readId = (what: 'Contact' | 'Group' | 'Message', text: string): number => {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new RollcallError('NOT_FOUND', `${what} with id='${text.slice(0, 40)}' not found`);
};

const readUuid = (what: 'Import session' | 'Upload' | 'Workflow run', text: string): string => {
  const id = text.toLowerCase();
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  throw new RollcallError('NOT_FOUND', `${what} '${text.slice(0, 40)}' not found`);
};
