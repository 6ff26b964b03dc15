import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@cfworker/json-schema';
import { describe, expect, it, test } from 'vitest';
import * as z from 'zod/mini';
import * as events from '#contract/events/events.ts';
import { fieldChangedEvents } from '#domain/contacts/field-changed-events.ts';
import { creationEvent } from '#domain/events/creation-event.ts';
import { contactRemovedEvent, importUndoneEvent } from '#domain/imports/undo-events.ts';
import { orderEvent } from '#domain/orders/order.ts';
import { segmentEvent } from '#domain/segments/segment-event.ts';
import { confirmedEvent } from '#domain/subscriptions/confirmation.ts';
import { subscriptionEvent } from '#domain/subscriptions/subscription-event.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';
import { segmentOf } from '#test/support/makers.ts';
import { submittedOrder } from '#test/support/orders/order-makers.ts';

const root = join(import.meta.dirname, '../../../..');
const folder = join(root, 'docs/events');
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The schemas of details, by the names of their files: each that the module has, so that none can be forgotten. */
const schemas: Readonly<Record<string, z.ZodMiniType>> = Object.fromEntries(
  Object.entries(events).flatMap(([name, schema]) =>
    'def' in schema ? [[name === 'contactEvent' ? 'any-event' : fileNameOf(name), schema] as const] : [],
  ),
);

const jsonSchemaOf = (name: string) =>
  z.toJSONSchema(events.busEvent(schemas[name] ?? z.never()), {
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

test.each(Object.keys(schemas))('docs/events/%s.schema.json is as consumers read it', async (name) => {
  const text = `${JSON.stringify({ title: titleOf(name), ...jsonSchemaOf(name) }, null, 2)}\n`;

  await expect(text).toMatchFileSnapshot(join(folder, `${name}.schema.json`));
});

function fileNameOf(name: string): string {
  return name.replace(/Event$/, '').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const titleOf = (name: string): string => `Rollcall: ${name.replaceAll('-', ' ')}`;

it('keeps no schema of an event that is no more', () => {
  const names = readdirSync(folder).map((file) => file.replace('.schema.json', ''));

  expect(names.filter((name) => !(name in schemas))).toEqual([]);
});

it('has a schema of every type that the contract and the guide list, which link to it', () => {
  const guide = textOf('docs/guides/consuming-events.md');
  const types = [
    ...(/## 5\. Events[\s\S]*?\n## 6/.exec(textOf('docs/contract.md'))?.[0].matchAll(/^\| (.*?) \|/gm) ?? []),
  ]
    .flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)/g)].map(([, name = '']) => name))
    .filter((name) => name !== 'eventKeyForNewContacts');
  const rows = guide.split('\n').filter((line) => line.startsWith('   | ['));

  expect(types.length).toBeGreaterThan(7);
  // `order` is the beginning of a type for each status.
  const rowsOf = (type: string) => rows.filter((row) => new RegExp(`\`${type}(\`|[A-Z]{2})`).test(row));
  expect(types.filter((type) => rowsOf(type).length !== 1)).toEqual([]);
  expect(rows.map((row) => /\(\.\.\/events\/([\w-]+)\.schema\.json\)/.exec(row)?.[1]).sort()).toEqual(
    Object.keys(schemas).sort(),
  );
});

const session = '6f1f0c3a-8a55-4d38-9f5c-6c3ba8f5a111';
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
    ['import-undone', importUndoneEvent(session, { removed: 1, restored: 2, kept: 3, nothing: 4, skipped: 5 }, at)],
    ['contact-removed', contactRemovedEvent(7, session, at)],
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
