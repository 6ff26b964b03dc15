import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { quotas } from '../quota/quotas.ts';
import { type EventEnvelope, entryBytes, envelopeOf, type PutEventsEntry } from './envelope.ts';
import { isRecord, type Json } from './json.ts';

const requestSchema = z.object({
  Entries: z.array(
    z.object({
      Source: z.string().optional(),
      DetailType: z.string().optional(),
      Detail: z.string().optional(),
      EventBusName: z.string().optional(),
      Resources: z.array(z.string()).optional(),
      Time: z.number().optional(),
    }),
  ),
});

/** An event accepted for a bus. */
export interface AcceptedEvent {
  readonly busName: string;
  readonly event: EventEnvelope;
}

/** An answer of the service. */
export interface PutEventsAnswer {
  readonly status: number;
  readonly body: object;
  readonly accepted: readonly AcceptedEvent[];
}

const maxEntries = quotas.eventsInRequest.limit;
const maxBytes = quotas.eventBytes.limit;

/** Answers PutEvents: the whole request is refused for its size, else each entry is accepted or refused by itself. */
export const putEvents = (request: unknown, buses: readonly string[]): PutEventsAnswer => {
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success) return refused('SerializationException', 'the request cannot be read');
  const { Entries } = parsed.data;
  if (Entries.length < 1 || Entries.length > maxEntries) {
    const bound = Entries.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${maxEntries}`;
    return refused(
      'ValidationException',
      `Value at 'entries' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  if (Entries.reduce((bytes, entry) => bytes + entryBytes(entry), 0) > maxBytes) {
    return refused('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  const results = Entries.map((entry) => takeEntry(entry, buses));
  return {
    status: 200,
    accepted: results.flatMap(({ accepted }) => accepted ?? []),
    body: {
      FailedEntryCount: results.filter(({ accepted }) => !accepted).length,
      Entries: results.map(({ answer }) => answer),
    },
  };
};

const refused = (type: string, message: string): PutEventsAnswer => ({
  status: 400,
  accepted: [],
  body: { __type: type, message },
});

interface EntryResult {
  readonly accepted?: AcceptedEvent;
  readonly answer: object;
}

const failedEntry = (ErrorCode: string, ErrorMessage: string): EntryResult => ({ answer: { ErrorCode, ErrorMessage } });

const takeEntry = (entry: PutEventsEntry, buses: readonly string[]): EntryResult => {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[name])
      return failedEntry('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
  }
  const detail = parseDetail(entry.Detail ?? '');
  if (detail === undefined) return failedEntry('MalformedDetail', 'Detail is malformed.');
  const busName = (entry.EventBusName ?? 'default').replace(/^.*:event-bus\//, '');
  if (!buses.includes(busName)) return failedEntry('InvalidArgument', `Event bus ${busName} does not exist.`);
  const eventId = randomUUID();
  return { accepted: { busName, event: envelopeOf(eventId, entry, detail) }, answer: { EventId: eventId } };
};

const parseDetail = (text: string): Json | undefined => {
  try {
    const detail: unknown = JSON.parse(text);
    return isRecord<Json>(detail) ? detail : undefined;
  } catch {
    return undefined;
  }
};
