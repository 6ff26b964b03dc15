import type { OperationDefinition } from '../operation.ts';
import { consolePath, keyId } from '../path-parameters.ts';
import { createdKeyResponse, createKeyRequest, keysResponse, ownKeyResponse, settingsResponse } from './keys.ts';

/** List API keys. */
export const listKeys = {
  name: 'listKeys',
  access: 'adminKeys',
  tag: 'Keys',
  summary: 'List API keys',
  description: 'Every key by its name: its scope and when it was used last, and never the key itself.',
  answer: keysResponse,
} as const satisfies OperationDefinition;

/** Make an API key. */
export const createKey = {
  name: 'createKey',
  access: 'adminKeys',
  tag: 'Keys',
  summary: 'Make an API key',
  description:
    'Makes a key and answers it this once: only its hash is stored. A repeat with the same `Idempotency-Key` makes no other key and does not get this one again: revoke it by its name if its answer was lost.',
  body: createKeyRequest,
  answer: createdKeyResponse,
  isAnswerSecret: true,
  conflict: 'A request with this `Idempotency-Key` made the key, which is not answered twice, or is making it.',
} as const satisfies OperationDefinition;

/** Revoke an API key. */
export const revokeKey = {
  name: 'revokeKey',
  access: 'adminKeys',
  tag: 'Keys',
  summary: 'Revoke an API key',
  description: 'The key is refused within a minute, which is how long functions remember it, and cannot come back.',
  path: { keyId },
  answer: 'nothing',
} as const satisfies OperationDefinition;

/** Describe the key of a request. */
export const describeOwnKey = {
  name: 'describeOwnKey',
  access: 'version',
  tag: 'Keys',
  summary: 'Describe the key of this request',
  description: 'What the key is called and what it may do.',
  answer: ownKeyResponse,
} as const satisfies OperationDefinition;

/** Read the settings in force. */
export const describeSettings = {
  name: 'describeSettings',
  access: 'adminRead',
  tag: 'Keys',
  summary: 'Read the settings in force',
  description:
    'The settings that the stage runs with, by their names in the reference. Of changed texts, only which ones they are.',
  answer: settingsResponse,
} as const satisfies OperationDefinition;

/** Open the console. */
export const showConsole = {
  name: 'showConsole',
  access: 'public',
  tag: 'Console',
  summary: 'Open the console',
  description:
    'The console and the files that it is made of. Every path that is no file of it answers the page, which shows the screen of the path; HEAD is answered, too.',
  path: { path: consolePath },
  answer: 'site',
} as const satisfies OperationDefinition;
