import * as z from 'zod/mini';

const eventMembers = {
  eventId: z.string().check(z.describe('The same for every repeat of the same fact: remember it to drop repeats')),
  eventTypeKey: z
    .string()
    .check(z.meta({ description: 'What happened; also the detail-type', examples: ['newContact'] })),
  keyValue: z
    .string()
    .check(z.meta({ description: 'The event key, e.g. the e-mail address', examples: ['mail@example.com'] })),
  contactId: z.int(),
  occurredAt: z.iso.datetime(),
};

/** Of an event that is about no contact. */
const { contactId: _, ...membersWithoutContact } = eventMembers;

/** The detail of every event that Rollcall puts on its bus, and an item of its event log. */
export const contactEvent = z
  .object({
    ...eventMembers,
    contactId: z.exactOptional(z.int().check(z.describe('Absent if the event names no known contact'))),
    params: z.record(z.string(), z.unknown()).check(z.describe('By name; whatever JSON can hold')),
    origin: z.exactOptional(
      z
        .enum(['caller', 'history'])
        .check(
          z.describe(
            'Absent for a fact of Rollcall; `caller` if a caller raised the event; `history`, in the log only, if a caller recorded it afterwards',
          ),
        ),
    ),
  })
  .check(z.meta({ id: 'ContactEvent' }));

/** The detail of the event of a contact that an import created, under the type that `eventKeyForNewContacts` named. */
export const contactCreatedEvent = z.object({
  ...eventMembers,
  params: z.object({
    contactId: z.int(),
    /** `""` if the contact has none. */
    EmailAddress: z.string(),
    /** Digits with the country code; `""` if the contact has none. */
    SMS: z.string(),
  }),
});

/** The detail of `subscribeFromApi` and `subscribeUpdateFromApi`, with or without the `-formType` of a form. */
export const contactSubscribedEvent = z.object({
  ...eventMembers,
  params: z.object({
    ContactId: z.int(),
    /** Absent if the form sent none. */
    EmailAddress: z.exactOptional(z.string()),
  }),
});

/**
 * The detail of `contactAddedToSegment` and `contactRemovedFromSegment`, which a stage publishes if its setting asks
 * for it.
 */
export const segmentChangedEvent = z.object({
  ...eventMembers,
  eventTypeKey: z.enum(['contactAddedToSegment', 'contactRemovedFromSegment']),
  params: z.object({ contactId: z.int(), segmentId: z.int(), segmentName: z.string() }),
});

/** The detail of `importUndone`: an import was undone to its end, with how many rows ended how. */
export const importUndoneEvent = z.object({
  ...membersWithoutContact,
  eventTypeKey: z.literal('importUndone'),
  params: z.object({
    sessionId: z.uuid(),
    removed: z.int(),
    restored: z.int(),
    kept: z.int(),
    nothing: z.int(),
    skipped: z.int(),
  }),
});

/** The detail of `contactRemoved`: the undo of an import removed a contact, if the stage's setting asks for it. */
export const contactRemovedEvent = z.object({
  ...eventMembers,
  eventTypeKey: z.literal('contactRemoved'),
  params: z.object({ contactId: z.int(), sessionId: z.uuid() }),
});

/** The detail of `SysContactConfirmed`: a contact confirmed its e-mail address by the link of a message. */
export const contactConfirmedEvent = z.object({
  ...eventMembers,
  eventTypeKey: z.literal('SysContactConfirmed'),
  params: z.object({ ContactId: z.int(), EmailAddress: z.string() }),
});

/**
 * The detail of `orderINITIALIZED`, `orderIN_PROGRESS`, `orderDELIVERED`, `orderCANCELLED` and
 * `orderABANDONED_SHOPPING_CART`: an order that is new or changed, as its caller said it.
 */
export const orderEvent = z.object({
  ...eventMembers,
  params: z.looseObject({
    orderId: z.int(),
    externalOrderId: z.string(),
    status: z.enum(['INITIALIZED', 'IN_PROGRESS', 'DELIVERED', 'CANCELLED', 'ABANDONED_SHOPPING_CART']),
    date: z.iso.datetime(),
    totalCost: z.number(),
    /** ISO 4217. */
    currency: z.string(),
    items: z.exactOptional(z.array(z.looseObject({ quantity: z.number() }))),
  }),
});

/** The detail of `ContactFieldChanged`: an update changed one member of a contact. `""` stands for no value. */
export const fieldChangedEvent = z.object({
  ...eventMembers,
  eventTypeKey: z.literal('ContactFieldChanged'),
  params: z.object({ contactId: z.int(), field: z.string(), old: z.string(), new: z.string() }),
});

/** The schema of an event of the bus, as EventBridge hands it to a target, around the schema of its detail. */
export const busEvent = <Detail extends z.ZodMiniType>(detail: Detail) =>
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

/** The detail of the event of a subscription. */
export type ContactSubscribedEvent = z.output<typeof contactSubscribedEvent>;

/** The detail of the event of a contact that joined or left a segment. */
export type SegmentChangedEvent = z.output<typeof segmentChangedEvent>;

/** The detail of the event of an import that was undone. */
export type ImportUndoneEvent = z.output<typeof importUndoneEvent>;

/** The detail of the event of a contact that the undo of an import removed. */
export type ContactRemovedEvent = z.output<typeof contactRemovedEvent>;

/** The detail of the event of a confirmed address. */
export type ContactConfirmedEvent = z.output<typeof contactConfirmedEvent>;

/** The detail of the event of an order. */
export type OrderEvent = z.output<typeof orderEvent>;

/** The detail of the event of a changed member. */
export type FieldChangedEvent = z.output<typeof fieldChangedEvent>;

/** An event of the bus around a detail. */
export interface BusEvent<Detail> {
  readonly id: string;
  readonly source: 'rollcall';
  readonly 'detail-type': string;
  readonly time: string;
  readonly detail: Detail;
}
