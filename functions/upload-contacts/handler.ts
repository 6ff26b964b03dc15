import { apiKeys } from '#aws/api-key-store.ts';
import { fetchQueue } from '#aws/fetch-queue.ts';
import { fields } from '#aws/field-store.ts';
import { imports } from '#aws/import-store.ts';
import { sealer } from '#aws/sealer.ts';
import { parseUploadContacts } from '#contract/upload-contacts.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { acceptUpload } from '#usecases/accept-upload.ts';

const live = { apiKeys, fetchQueue, fields, imports, sealer, ...ambient };

/** `POST /api/v1/contacts/upload` (contract 4.9). */
export const handler = endpoint('uploadContacts', live, async (request) => {
  const asked = parseUploadContacts(request.json(), { allowsHttp: settings.httpLinks() });
  const { sessionId } = await acceptUpload(live, asked);
  return json({ id: 0, asyncSessionId: sessionId });
});
