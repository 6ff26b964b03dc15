import { describe, expect, it } from 'vitest';
import { parsePastEvents, parsePastEventsRange } from '#contract/events/past-events.ts';

const rule = { defaultCountry: 'UA', isStrict: true, now: '2026-01-05T09:00:00.000Z' };
const read = (body: unknown) => parsePastEvents(body, rule);
const eventAt = (occurred: unknown, about: object = {}) => ({ eventTypeKey: 'a', keyValue: 'k', occurred, ...about });

describe('past events', () => {
  it('have the time at which they occurred, in UTC', () => {
    const [event] = read({ events: [eventAt('2025-12-24T18:30:00+02:00')] });

    expect(event).toMatchObject({ eventTypeKey: 'a', keyValue: 'k', occurredAt: '2025-12-24T16:30:00.000Z' });
  });

  it('may be one without a list, and up to 500', () => {
    expect(read({ events: eventAt('2025-12-24') })).toHaveLength(1);
    expect(read({ events: Array.from({ length: 500 }, () => eventAt('2025-12-24')) })).toHaveLength(500);
  });

  it('may be of a clock ahead of UTC without an offset', () => {
    expect(read({ events: [eventAt('2026-01-05T23:00:00')] })).toHaveLength(1);
  });

  it.each([
    ['no list', {}, 'events must have at least 1 items'],
    ['an empty list', { events: [] }, 'events must have at least 1 items'],
    ['501', { events: Array.from({ length: 501 }, () => eventAt('2025-12-24')) }, 'events must have at most 500 items'],
    ['no time', { events: [eventAt(undefined)] }, 'events[0]: occurred must be a time in ISO 8601'],
    ['a time that is none', { events: [eventAt('soon')] }, 'events[0]: occurred must be a time in ISO 8601'],
    ['a time to come', { events: [eventAt('2026-01-06')] }, 'events[0]: occurred must be in the past'],
    ['a bad event', { events: [eventAt('2025-12-24'), {}] }, 'events[1]: eventTypeKey must be text'],
    [
      'a large event',
      { events: [eventAt('2025-12-24', { params: [{ name: 'a', value: 'я'.repeat(10_240) }] })] },
      'events[0]: An event must have at most 20480 bytes',
    ],
  ])('are refused with %s', (_, body, message) => {
    expect(() => read(body)).toThrow(message);
  });
});

describe('the range of past events to delete', () => {
  it('is closed, and a date alone counts to the end of its day', () => {
    expect(parsePastEventsRange({ from: '2025-12-24', to: '2025-12-25' })).toEqual({
      from: '2025-12-24T00:00:00.000Z',
      to: '2025-12-25T23:59:59.999Z',
    });
    expect(parsePastEventsRange({ from: '2025-12-24T10:00Z', to: '2025-12-24T10:00Z' })).toEqual({
      from: '2025-12-24T10:00:00.000Z',
      to: '2025-12-24T10:00:00.000Z',
    });
  });

  it.each([
    ['nothing', {}, 'from must be text; to must be text'],
    ['no end', { from: '2025-12-24' }, 'to must be text'],
    ['a time that is none', { from: 'x', to: '2025-12-24' }, 'from and to must be times in ISO 8601'],
    ['its end first', { from: '2025-12-25', to: '2025-12-24' }, 'from must not be after to'],
  ])('is refused with %s', (_, body, message) => {
    expect(() => parsePastEventsRange(body)).toThrow(message);
  });
});
