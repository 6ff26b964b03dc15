import { location } from '../template/location.ts';
import type { Json } from './json.ts';

/** One entry of PutEvents, as it comes over the wire. */
export interface PutEventsEntry {
  readonly Source?: string | undefined;
  readonly DetailType?: string | undefined;
  readonly Detail?: string | undefined;
  readonly EventBusName?: string | undefined;
  readonly Resources?: readonly string[] | undefined;
  /** Seconds since the epoch. */
  readonly Time?: number | undefined;
}

/** An event as rules see it and targets receive it. */
export type EventEnvelope = { readonly [name: string]: Json };

/** The envelope that EventBridge puts round an entry. */
export const envelopeOf = (eventId: string, entry: PutEventsEntry, detail: Json): EventEnvelope => ({
  version: '0',
  id: eventId,
  'detail-type': entry.DetailType,
  source: entry.Source,
  account: location.accountId,
  time: new Date(entry.Time === undefined ? Date.now() : entry.Time * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
  region: location.region,
  resources: entry.Resources ?? [],
  detail,
});

/** The size of an entry as EventBridge counts it (user guide, "Calculating PutEvents event entry size"). */
export const entryBytes = ({
  Time,
  Source = '',
  DetailType = '',
  Detail = '',
  Resources = [],
}: PutEventsEntry): number =>
  [Source, DetailType, Detail, ...Resources].reduce(
    (bytes, text) => bytes + Buffer.byteLength(text),
    Time === undefined ? 0 : 14,
  );
