import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { EventType } from '#domain/events/event-type.ts';
import { binderOf } from '../imports/bind.ts';
import { describeIssues } from '../issue.ts';
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

const keyRequest = z.object({ key: eventTypeKey });
const bindType = binderOf(eventTypeRequest);

/**
 * Reads the definition of a type of event.
 * @throws RollcallError INVALID_REQUEST for a key that is too long, a bad member, or two parameters of one name.
 */
export const parseEventType = (key: string, body: unknown): EventType => {
  const [type, name] = [eventTypeRequest.safeParse(bindType(body)), keyRequest.safeParse({ key })];
  const issues = [name, type].flatMap(({ error }) => error?.issues ?? []);
  if (!type.success || !name.success) throw new RollcallError('INVALID_REQUEST', describeIssues(issues));
  const { params = [], validate } = type.data;
  const twice = params.find(({ name }, index) => params.findIndex((one) => one.name === name) !== index);
  if (twice)
    throw new RollcallError('INVALID_REQUEST', `params must have unique names, and '${twice.name}' comes twice`);
  return { key: name.data.key, validate, params };
};
