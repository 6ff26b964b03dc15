import { pastEvents } from '#aws/events/past-events.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { deletePastEvents as operation } from '#contract/events/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { deletePastEvents } from '#usecases/events/delete-past-events.ts';

const live = { apiKeys, pastEvents, deletesPastEvents: settings.deletePastEvents(), ...ambient };

/** `DELETE /api/v1/past_events` and `DELETE /api/v2/past_events` (contract 4.16). */
export const handler = endpoint(operation, live, async ({ body }) => deletePastEvents(live, body));
