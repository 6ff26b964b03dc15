import { RollcallError } from '#domain/error.ts';
import type { ApiEvent } from './api-event.ts';
import { shortHash } from './authenticate.ts';
import { readJson } from './body.ts';

/** A request as handlers see it. */
export interface ApiRequest {
  /** As it was called, e.g. for the address of a next part. */
  readonly path: string;
  /** The query string, decoded; of a repeated parameter the last value. */
  readonly query: Readonly<Partial<Record<string, string>>>;
  /** Every value of a query parameter that may be repeated. */
  values(name: string): readonly string[];
  /** The contact id of the path; 404 if it is no id. */
  id(): number;
  /** The session id of the path; 404 if it is no session id. */
  sessionId(): string;
  /** The upload id of the path; 404 if it is none. */
  uploadId(): string;
  /** The segment id of the path; 404 if it is no id. */
  groupId(): number;
  /** The id of a stored message in the path; 404 if it is no id. */
  messageId(): number;
  /** The key of the path. */
  key(): string;
  /** The workflow id of the path; 404 if it cannot be one. */
  workflowId(): string;
  /** The run id of the path; 404 if it is none. */
  runId(): string;
  /** The key of a type of event in the path. */
  eventTypeKey(): string;
  /** The JSON body; 400 if it cannot be read, 413 if it has more bytes than these or than any body may have. */
  json(maxBytes?: number): unknown;
  /** The JSON body; `undefined` if there is none. */
  optionalJson(): unknown;
  /** What the answer can be found by in the logs. */
  readonly requestId: string;
  /** Tells one caller from another. */
  readonly caller: string;
}

/** Makes a request out of the gateway's event. */
export const apiRequestOf = (event: ApiEvent): ApiRequest => ({
  path: event.rawPath,
  query: Object.fromEntries(new URLSearchParams(event.rawQueryString)),
  values: (name) => new URLSearchParams(event.rawQueryString).getAll(name),
  id: () => idOf('Contact', pathParameter(event, 'id')),
  groupId: () => idOf('Group', pathParameter(event, 'id')),
  messageId: () => idOf('Message', pathParameter(event, 'id')),
  key: () => pathParameter(event, 'key'),
  workflowId: () => workflowId(pathParameter(event, 'workflowId')),
  runId: () => uuidOf('Workflow run', pathParameter(event, 'runId')),
  eventTypeKey: () => pathParameter(event, 'eventTypeKey'),
  json: (maxBytes) => readJson(event, maxBytes),
  sessionId: () => uuidOf('Import session', pathParameter(event, 'sessionId')),
  uploadId: () => uuidOf('Upload', pathParameter(event, 'uploadId')),
  optionalJson: () => (event.body?.trim() ? readJson(event) : undefined),
  requestId: event.requestContext?.requestId ?? '',
  caller: event.apiKey ? shortHash(event.apiKey.hash) : '',
});

const pathParameter = ({ pathParameters }: ApiEvent, name: string): string =>
  (pathParameters?.[name] ?? '').replace(/(?<!\/)\/+$/, '');

const idOf = (what: 'Contact' | 'Group' | 'Message', text: string): number => {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new RollcallError('NOT_FOUND', `${what} with id='${text.slice(0, 40)}' not found`);
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const uuidOf = (what: 'Import session' | 'Upload' | 'Workflow run', text: string): string => {
  const id = text.toLowerCase();
  if (uuid.test(id)) return id;
  throw new RollcallError('NOT_FOUND', `${what} '${text.slice(0, 40)}' not found`);
};

const workflowId = (text: string): string => {
  if (/^[a-z0-9][a-z0-9-]{0,49}$/.test(text)) return text;
  const rule = 'ids of workflows have 1 to 50 lower-case letters, digits and hyphens';
  throw new RollcallError('NOT_FOUND', `Workflow '${text.slice(0, 50)}' not found: ${rule}`);
};
