import { eventLog } from '#aws/events/event-log.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { contactEvent } from '#contract/events/events.ts';
import { eventsQuery, pageBody, parsePage, parseQuery } from '#contract/page.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, eventLog, ...ambient };

/** `GET /admin/v1/events?type=&keyValue=`, the newest first. */
export const handler = endpoint('listEvents', live, async ({ query }) => {
  const page = await live.eventLog.list(parseQuery(eventsQuery, query), parsePage('events', query));
  return json(pageBody('events', page, (event) => contactEvent.parse(event)));
});
