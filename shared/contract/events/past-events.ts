import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { TimeRange } from '#domain/events/ports.ts';
import { listOf } from '../contacts/read-channels.ts';
import { isObject } from '../imports/bind.ts';
import { isBareDate, readMoment } from '../moment.ts';
import { parse } from '../parse.ts';
import {
  type CalledRule,
  type EventRule,
  eventMembers,
  isVersion2,
  maxEventBytes,
  parseEvent,
  type SubmittedEvent,
} from './event-request.ts';

/** Past events that one request may record (contract 1.6). */
const maxEvents = 500;

const moment = z.string().check(z.meta({ description: 'ISO 8601; UTC if it has no offset' }));

/** The body of `POST /api/v1/past_events` and `POST /api/v2/past_events` (contract 4.16). */
export const pastEventsRequest = z
  .object({
    events: z.array(z.extend(eventMembers, { occurred: moment })).check(z.minLength(1), z.maxLength(maxEvents)),
  })
  .check(
    z.meta({
      id: 'PastEvents',
      examples: [
        {
          events: [
            {
              eventTypeKey: 'cartAbandoned',
              keyValue: 'mail@example.com',
              occurred: '2025-12-24T18:30:00+02:00',
              params: [{ name: 'email', value: 'mail@example.com' }],
            },
          ],
        },
      ],
    }),
  );

/** The body of `DELETE /api/v1/past_events` and `DELETE /api/v2/past_events`. */
export const pastEventsRange = z
  .object({
    from: moment,
    to: z
      .string()
      .check(z.meta({ description: 'ISO 8601, included, as `from` is; a date alone counts to the end of its day' })),
  })
  .check(z.meta({ id: 'PastEventsRange', examples: [{ from: '2025-12-01', to: '2025-12-31' }] }));

/** An event that has occurred already. */
export interface PastEvent extends SubmittedEvent {
  /** ISO 8601 in UTC. */
  readonly occurredAt: string;
}

/**
 * Reads the past events of a request; one that is invalid is a reason to refuse all.
 * @throws RollcallError INVALID_REQUEST that says which event and what is wrong with it.
 */
export const parsePastEvents = (body: unknown, rule: EventRule & { readonly now: string }): PastEvent[] => {
  if (!isObject(body)) throw invalid('The body must be an object');
  const events = listOf(body.events);
  if (events.length === 0) throw invalid('events must have at least 1 items');
  if (events.length > maxEvents) throw invalid(`events must have at most ${maxEvents} items`);
  return events.map((event, index) => {
    try {
      return parsePastEvent(event, rule);
    } catch (error) {
      throw error instanceof RollcallError ? invalid(`events[${index}]: ${error.message}`) : error;
    }
  });
};

/** Reads past events by the version of the API that was called. */
export const readPastEvents = (
  body: unknown,
  { defaultCountry, junk, calledPath, now }: CalledRule & { readonly now: () => string },
): PastEvent[] =>
  parsePastEvents(body, { defaultCountry, ...(junk && { junk }), isStrict: isVersion2(calledPath), now: now() });

/** As far as any clock is ahead of UTC: times without an offset may be those of a clock on a wall. */
const leewayMilliseconds = 14 * 3_600_000;

const parsePastEvent = (value: unknown, rule: EventRule & { readonly now: string }): PastEvent => {
  const event = parseEvent(value, rule);
  const { occurred } = isObject(value) ? value : {};
  const occurredAt = typeof occurred === 'string' ? readMoment(occurred) : undefined;
  if (occurredAt === undefined) throw invalid('occurred must be a time in ISO 8601');
  if (Date.parse(occurredAt) > Date.parse(rule.now) + leewayMilliseconds) throw invalid('occurred must be in the past');
  const bytes = new TextEncoder().encode(JSON.stringify(value)).length;
  if (bytes > maxEventBytes) throw invalid(`An event must have at most ${maxEventBytes} bytes`);
  return { ...event, occurredAt };
};

/**
 * Reads from when to when past events are to be deleted.
 * @throws RollcallError INVALID_REQUEST if that is no range of time.
 */
export const parsePastEventsRange = (body: unknown): TimeRange => {
  const range = parse(pastEventsRange, body);
  const from = readMoment(range.from);
  const to = readMoment(isBareDate(range.to) ? `${range.to.trim()}T23:59:59.999` : range.to);
  if (from === undefined || to === undefined) throw invalid('from and to must be times in ISO 8601');
  if (from > to) throw invalid('from must not be after to');
  return { from, to };
};

const invalid = (message: string): RollcallError => new RollcallError('INVALID_REQUEST', message);
