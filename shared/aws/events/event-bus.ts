import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { ContactEvent } from '#domain/events/event.ts';
import type { EventBus } from '#domain/events/ports.ts';
import { eventSource } from '#names/events.ts';
import { variable } from '#shared/environment.ts';
import { clientSettings, lazily, unlogged } from '../clients/connect.ts';
import { inParallel } from '../clients/parallel.ts';
import { isTransientCode, refused, untilDone } from '../clients/retry.ts';

/** Entries in one PutEvents call (AWS limit). */
const entriesPerCall = 10;
/** Bytes in one PutEvents call; AWS has raised its own limit above this one. */
const bytesPerCall = 256 * 1024;

/** The bus of the workflows; entries that it refused for the moment are sent again, alone. */
export const eventBusOn = (client: EventBridgeClient, busName: string): EventBus => ({
  publish: async (events) => {
    await inParallel(callsOf(events.map((event) => entryOf(event, busName))), (call) =>
      untilDone(call, async (left) => {
        const { FailedEntryCount, Entries = [] } = await client.send(new PutEventsCommand({ Entries: [...left] }));
        return FailedEntryCount ? left.filter((_, index) => hasFailed(Entries[index]?.ErrorCode)) : [];
      }),
    );
  },
});

const eventBusName = /* @__PURE__ */ variable('eventBusName');

/** The event bus of this stage. */
export const eventBus: EventBus = /* @__PURE__ */ lazily(() =>
  eventBusOn(unlogged(new EventBridgeClient(clientSettings)), eventBusName()),
);

const entryOf = (event: ContactEvent, EventBusName: string): PutEventsRequestEntry => ({
  EventBusName,
  Source: eventSource,
  DetailType: event.eventTypeKey,
  Detail: JSON.stringify(event),
  Time: new Date(event.occurredAt),
});

/** Runs of entries that fit into one call each. */
const callsOf = (entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] => {
  const calls: PutEventsRequestEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = sizeOf(entry);
    const call = calls.at(-1);
    if (call && call.length < entriesPerCall && bytes + size < bytesPerCall) {
      call.push(entry);
      bytes += size;
    } else {
      calls.push([entry]);
      bytes = size;
    }
  }
  return calls;
};

/** As EventBridge counts: the UTF-8 bytes of the texts, and 14 for the time. */
const sizeOf = ({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number =>
  14 + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);

const hasFailed = (code: string | undefined): boolean => {
  if (code === undefined) return false;
  if (isTransientCode(code)) return true;
  throw refused(code);
};
