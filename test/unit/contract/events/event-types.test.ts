import { describe, expect, it } from 'vitest';
import { definedTypeKey, parseEventType } from '#contract/events/event-types.ts';
import { suitsType } from '#domain/events/event-type.ts';

describe('a type of event', () => {
  it('is read with what is left out: it is checked, and its parameters are required', () => {
    expect(parseEventType({ params: { name: 'email' } })).toEqual({
      validate: true,
      params: [{ name: 'email', required: true }],
    });
    expect(parseEventType({ validate: 'false' })).toEqual({ validate: false, params: [] });
  });

  it.each([
    ['no object', 'x', 'must be an object'],
    ['a parameter without a name', { params: [{ required: true }] }, 'params[0].name must be text'],
    ['two of a name', { params: [{ name: 'a' }, { name: 'a' }] }, "params must have unique names, and 'a' comes twice"],
    ['a bad switch', { validate: 'perhaps' }, 'validate must be true or false'],
  ])('is refused with %s', (_, body, message) => {
    expect(() => parseEventType(body)).toThrow(message);
  });

  it('is refused with a key that is too long', () => {
    expect(() => definedTypeKey.read('a'.repeat(101))).toThrow('key must have at most 100 characters');
  });
});

describe('the parameters of an event', () => {
  const type = {
    key: 'cart',
    ...parseEventType({ params: [{ name: 'email' }, { name: 'total', required: false }] }),
  };

  it.each([
    ['all', { email: 'a', total: 1 }, true],
    ['those that are required', { email: 'a' }, true],
    ['one that is required less', { total: 1 }, false],
    ['a blank one that is required', { email: '' }, false],
    ['one more', { email: 'a', more: 1 }, false],
    ['one in another case', { Email: 'a' }, false],
  ])('are %s of its type', (_, params, suits) => {
    expect(suitsType(params, type)).toBe(suits);
    expect(suitsType(params, { ...type, validate: false })).toBe(true);
  });
});
