import { fields } from '#aws/fields/field-store.ts';
import { fetchQueue } from '#aws/files/fetch-queue.ts';
import { sealer } from '#aws/files/sealer.ts';
import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { parseUploadContacts } from '#contract/files/upload-contacts.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { acceptUpload } from '#usecases/files/accept-upload.ts';

const live = { apiKeys, fetchQueue, fields, imports, sealer, ...ambient };

/** `POST /api/v1/contacts/upload` (contract 4.9). */
export const handler = endpoint('uploadContacts', live, async (request) => {
  const asked = parseUploadContacts(request.json(), { allowsHttp: settings.httpLinks() });
  const { sessionId } = await acceptUpload(live, asked);
  return json({ id: 0, asyncSessionId: sessionId });
});
