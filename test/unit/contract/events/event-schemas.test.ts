import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@cfworker/json-schema';
import { describe, expect, it, test } from 'vitest';
import * as z from 'zod/mini';
import * as events from '#contract/events/events.ts';
import { fieldChangedEvents } from '#domain/contacts/field-changed-events.ts';
import { creationEvent } from '#domain/events/creation-event.ts';
import { orderEvent } from '#domain/orders/order.ts';
import { segmentEvent } from '#domain/segments/segment-event.ts';
import { confirmedEvent } from '#domain/subscriptions/confirmation.ts';
import { subscriptionEvent } from '#domain/subscriptions/subscription-event.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';
import { segmentOf } from '#test/support/makers.ts';
import { submittedOrder } from '#test/support/orders/order-makers.ts';

const folder = join(import.meta.dirname, '../../../../docs/events');

/** The schemas of whole events of the bus, by the names of their files. */
const schemas = {
  'any-event': events.contactEvent,
  'contact-created': events.contactCreatedEvent,
  'contact-subscribed': events.contactSubscribedEvent,
  'contact-confirmed': events.contactConfirmedEvent,
  'segment-changed': events.segmentChangedEvent,
  'field-changed': events.fieldChangedEvent,
  order: events.orderEvent,
};

const jsonSchemaOf = (name: keyof typeof schemas) =>
  z.toJSONSchema(events.busEvent(schemas[name]), {
    io: 'input',
    override: ({ jsonSchema }) => {
      // The name by which OpenAPI knows the detail of any event would make two schemas of one.
      delete jsonSchema.id;
      // These say no more than `integer` and `date-time` to a reader.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });

test.each(Object.keys(schemas) as (keyof typeof schemas)[])(
  'docs/events/%s.schema.json is as consumers read it',
  async (name) => {
    const text = `${JSON.stringify({ title: titleOf(name), ...jsonSchemaOf(name) }, null, 2)}\n`;

    await expect(text).toMatchFileSnapshot(join(folder, `${name}.schema.json`));
  },
);

const titleOf = (name: string): string => `Rollcall: ${name.replaceAll('-', ' ')}`;

it('keeps no schema of an event that is no more', () => {
  const names = readdirSync(folder).map((file) => file.replace('.schema.json', ''));

  expect(names.filter((name) => !(name in schemas))).toEqual([]);
});

const contact = contactOf({ id: 7, email: 'ann@example.com', version: 1 });
const at = '2026-01-05T09:00:00.000Z';
const { content } = submittedOrder({ currency: 'UAH', additionalInfo: { gift: true }, items: [{ quantity: 2 }] });
const order = {
  id: 3,
  contactId: 7,
  content: { ...content, currency: 'UAH' },
  version: 1,
  createdAt: at,
  updatedAt: at,
  updatedBy: 'request',
};

describe('what the domain publishes', () => {
  it.each([
    ['contact-created', creationEvent(contact, 'newContact')],
    ['contact-subscribed', subscriptionEvent({ contactId: 7, isNew: true, token: 't', occurredAt: at })],
    [
      'contact-subscribed',
      subscriptionEvent({ contactId: 7, isNew: false, email: 'a@b.co', formType: 'f', token: 't', occurredAt: at }),
    ],
    ['contact-confirmed', confirmedEvent(7, 'a@b.co', { startedAt: at })],
    [
      'segment-changed',
      segmentEvent('contactAddedToSegment', { contactId: 7, segment: segmentOf(3), token: 't', occurredAt: at }),
    ],
    ['field-changed', fieldChangedEvents(contact, { ...contact, firstName: 'Ann', version: 2 })[0]],
    ['order', orderEvent(order, order.content)],
  ] as const)('is what the schema %s says, within the schema of any event', (name, detail) => {
    const event = { version: '0', id: 'b', source: 'rollcall', 'detail-type': detail?.eventTypeKey, time: at, detail };

    for (const schema of [jsonSchemaOf(name), jsonSchemaOf('any-event')]) {
      expect(new Validator(schema as object, '2020-12').validate(event).errors).toEqual([]);
    }
  });

  it('is told from an event that lacks a parameter', () => {
    const detail = { ...creationEvent(contact, 'newContact'), params: { contactId: 7 } };
    const event = { id: 'b', source: 'rollcall', 'detail-type': 'newContact', time: at, detail };

    expect(new Validator(jsonSchemaOf('contact-created') as object, '2020-12').validate(event).valid).toBe(false);
  });
});
