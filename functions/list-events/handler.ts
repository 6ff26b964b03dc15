import { eventLog } from '#aws/events/event-log.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { listEvents as operation } from '#contract/events/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, eventLog, ...ambient };

/** `GET /admin/v1/events?type=&keyValue=`, the newest first. */
export const handler = endpoint(operation, live, async ({ query, page }) => live.eventLog.list(query, page));
