import { apiKeys } from '#aws/api-key-store.ts';
import { chunkQueue } from '#aws/chunk-queue.ts';
import { fields } from '#aws/field-store.ts';
import { importFiles } from '#aws/import-files.ts';
import { imports } from '#aws/import-store.ts';
import { parseAddContacts } from '#contract/add-contacts.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { acceptImport } from '#usecases/accept-import.ts';

const live = { apiKeys, chunkQueue, fields, importFiles, imports, ...ambient };

/** `POST /api/v1/contacts` (contract 4.2). */
export const handler = endpoint('addContacts', live, async (request) => {
  const { failedContacts, ...asked } = parseAddContacts(request.json(), { defaultCountry: settings.defaultCountry() });
  const { sessionId } = await acceptImport(live, asked);
  return json({ id: 0, asyncSessionId: sessionId, failedContacts });
});
