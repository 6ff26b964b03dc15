import { queueTo } from '#aws/clients/queue.ts';
import { fields } from '#aws/fields/field-store.ts';
import { sealer } from '#aws/files/sealer.ts';
import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { uploadContacts as operation } from '#contract/files/operations.ts';
import { startedImport } from '#contract/imports/add-contacts-answer.ts';
import * as queues from '#contract/queues.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { acceptUpload } from '#usecases/files/accept-upload.ts';

const fetchQueue = queueTo(queues.fetches);
const live = { apiKeys, fetchQueue, fields, imports, sealer, allowsHttp: settings.httpLinks(), ...ambient };

/** `POST /api/v1/contacts/upload` (contract 4.9). */
export const handler = endpoint(operation, live, async ({ body, madeBy }) => {
  const { sessionId } = await acceptUpload(live, { ...body, ...madeBy });
  return startedImport(sessionId);
});
