import * as z from 'zod';

/** The detail of every event that Rollcall puts on its bus, and an item of its event log. */
export const contactEvent = z
  .object({
    eventId: z
      .string()
      .meta({ description: 'The same for every repeat of the same fact: remember it to drop repeats' }),
    eventTypeKey: z.string().meta({ description: 'What happened; also the detail-type', example: 'newContact' }),
    keyValue: z.string().meta({ description: 'The event key, e.g. the e-mail address', example: 'mail@example.com' }),
    contactId: z.int(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    occurredAt: z.iso.datetime(),
  })
  .meta({ id: 'ContactEvent' });

/** The detail of the event of a contact that an import created, under the type that `eventKeyForNewContacts` named. */
export const contactCreatedEvent = contactEvent.extend({
  params: z.object({
    contactId: z.int(),
    /** `""` where the contact has none. */
    EmailAddress: z.string(),
    /** Digits with the country code; `""` where the contact has none. */
    SMS: z.string(),
  }),
});

/** An event of the bus as EventBridge hands it to a target, around the detail that is asked for. */
export const busEvent = <Detail extends z.ZodType>(detail: Detail) =>
  z.object({
    id: z.string(),
    source: z.literal('rollcall'),
    'detail-type': z.string(),
    time: z.iso.datetime(),
    detail,
  });

/** The detail of any event. */
export type ContactEvent = z.output<typeof contactEvent>;

/** The detail of the event of a created contact. */
export type ContactCreatedEvent = z.output<typeof contactCreatedEvent>;

/** An event of the bus around a detail. */
export interface BusEvent<Detail> {
  readonly id: string;
  readonly source: 'rollcall';
  readonly 'detail-type': string;
  readonly time: string;
  readonly detail: Detail;
}
