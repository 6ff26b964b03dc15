import { describe, expect, it } from 'vitest';
import type { Contact } from '#domain/contacts/contact.ts';
import { creationEvent } from '#domain/events/creation-event.ts';
import { bareContact, onDay } from '#test/support/contacts/bare-contact.ts';

describe('the event of a created contact (contract 4.2)', () => {
  it.each<{ title: string; contact: Contact; keyValue: string; params: object }>([
    {
      title: 'is keyed by the e-mail address',
      contact: bareContact({ id: 7, email: 'x@x.x', sms: '380501112233' }),
      keyValue: 'x@x.x',
      params: { contactId: 7, EmailAddress: 'x@x.x', SMS: '380501112233' },
    },
    {
      title: 'else by the phone, with an empty e-mail address',
      contact: bareContact({ id: 7, sms: '380501112233' }),
      keyValue: '380501112233',
      params: { contactId: 7, EmailAddress: '', SMS: '380501112233' },
    },
    {
      title: 'else by the contact id',
      contact: bareContact({ id: 7, externalCustomerId: 'X' }),
      keyValue: '7',
      params: { contactId: 7, EmailAddress: '', SMS: '' },
    },
  ])('$title', ({ contact, keyValue, params }) => {
    const event = creationEvent(contact, 'newContact');

    expect(event).toEqual({
      eventId: 'newContact:7',
      eventTypeKey: 'newContact',
      keyValue,
      contactId: 7,
      params,
      occurredAt: contact.createdAt,
    });
  });

  it('has the same id and time however often the contact changed since', () => {
    const created = bareContact({ id: 7, email: 'x@x.x' });
    const changed = { ...created, email: 'y@x.x', version: 5, updatedAt: onDay(20) };

    const [first, repeat] = [creationEvent(created, 'newContact'), creationEvent(changed, 'newContact')];

    expect([repeat.eventId, repeat.occurredAt]).toEqual([first.eventId, first.occurredAt]);
  });
});
