import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { EventType } from '#domain/events/event-type.ts';
import type { PathParameter } from '../operation.ts';
import { parse } from '../parse.ts';
import { eventTypeKey } from './event-request.ts';

const typeParam = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100), z.meta({ examples: ['orderNumber'] })),
  required: z._default(z.boolean().check(z.describe('Whether an event must have it')), true),
});

/** The body of `PUT /admin/v1/event-types/{eventTypeKey}`. */
export const eventTypeRequest = z
  .object({
    validate: z._default(z.boolean().check(z.describe('Whether events with other parameters are refused')), true),
    params: z.optional(z.array(typeParam).check(z.maxLength(100))),
  })
  .check(z.meta({ id: 'EventTypeInput', examples: [{ validate: true, params: [{ name: 'email', required: true }] }] }));

/** A type of event on our own routes. */
export const eventTypeResponse = z
  .object({
    key: z.string(),
    validate: z.boolean(),
    params: z.array(z.object({ name: z.string(), required: z.boolean() })),
  })
  .check(z.meta({ id: 'EventType' }));

/** Every type of event that was defined. */
export const eventTypesResponse = z.object({ items: z.array(eventTypeResponse) });

/** The types of events as the vendor's API would list them (contract 4.16). */
export const wireEventTypesResponse = z
  .array(
    z.object({
      key: z.string(),
      name: z.string(),
      params: z.array(z.object({ name: z.string(), required: z.boolean() })),
    }),
  )
  .check(
    z.meta({
      id: 'EventTypes',
      examples: [[{ key: 'orderReady', name: 'orderReady', params: [{ name: 'orderNumber', required: true }] }]],
    }),
  );

/** Types of events that were defined, each called by its key. */
export const wireEventTypes = (types: readonly EventType[]): z.output<typeof wireEventTypesResponse> =>
  types.map(({ key, params }) => ({ key, name: key, params: [...params] }));

const keyRequest = z.object({ key: eventTypeKey });

/** The key of a type of event in the path that defines it; 400 if it can be none. */
export const definedTypeKey: PathParameter<string> = {
  schema: eventTypeKey,
  read: (key) => parse(keyRequest, { key }).key,
};

/** The key of a type of event in a path, whatever it is. */
export const anyTypeKey: PathParameter<string> = {
  schema: eventTypeKey,
  read: (key) => {
    if (key.length <= longestStoredKey) return key;
    throw new RollcallError('NOT_FOUND', `The type of event '${key.slice(0, 40)}' was not found`);
  },
};

/** Keys in the table have at most 1,024 bytes (an AWS limit), and a character has up to four. */
const longestStoredKey = 200;

/**
 * Reads the definition of a type of event.
 * @throws RollcallError INVALID_REQUEST for a bad member, or two parameters of one name.
 */
export const parseEventType = (body: unknown): Omit<EventType, 'key'> => {
  const { params = [], validate } = parse(eventTypeRequest, body);
  const twice = params.find(({ name }, index) => params.findIndex((one) => one.name === name) !== index);
  if (twice)
    throw new RollcallError('INVALID_REQUEST', `params must have unique names, and '${twice.name}' comes twice`);
  return { validate, params };
};
