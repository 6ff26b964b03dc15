import { expect } from 'vitest';
import { type ClientCase, channels } from './client-case.ts';

const sent = (locator: string) => ({
  id: 0,
  results: [{ id: 0, locator, status: 'OK', requestId: expect.any(String) }],
});
const unknown = (id: string) => ({ results: [{ status: 'UNKNOWN', requestId: id, failed: false, delivered: false }] });

/** What libraries of languages and services that connect others send, written anew from what their public versions do. */
export const libraryCases: readonly ClientCase[] = [
  {
    client: 'PHP, a contact, its address book and its e-mails out of and into the list of those who unsubscribed',
    calls: [
      {
        send: [
          'POST',
          '/api/v1/contact/',
          {
            firstName: 'ООО "Ромашка"',
            channels: channels('php-1@example.com', '380942583602'),
            addressBookId: 1,
            groups: null,
            fields: [],
          },
        ],
        answered: { id: expect.any(Number) },
      },
      { send: ['POST', '/api/v1/emails/unsubscribe/add', { emails: ['php-1@example.com'] }], answered: '' },
      { send: ['POST', '/api/v1/emails/unsubscribe/delete', { emails: ['php-1@example.com'] }], answered: '' },
      { send: ['GET', '/api/v1/interfaces/sms'], answered: ['Rollcall'] },
      { send: ['GET', '/api/v1/messages/sms?search=x'], answered: [] },
      { send: ['GET', '/api/v1/event?eventTypeId=1&start=0&end=1'], answered: [] },
      { send: ['GET', '/api/v1/message/email/status/?ids=a'], answered: unknown('a') },
      { send: ['GET', '/api/v1/message/sms/status/?ids=b'], answered: unknown('b') },
      { send: ['GET', '/api/v1/message/status?ids%5B0%5D=c'], answered: unknown('c') },
    ],
    stored: [
      'email=php-1@example.com',
      { firstName: 'ООО "Ромашка"', channels: channels('php-1@example.com', '380942583602') },
    ],
  },
  {
    client: 'PHP, an e-mail from an address that the stage does not have',
    calls: [
      {
        send: [
          'POST',
          '/api/v1/message/email/',
          {
            from: '"Shop" <noreply@shop.example>',
            subject: 'Hello',
            htmlText: '<p>Hello</p>',
            plainText: '',
            emails: ['php-2@example.com'],
            tags: [],
          },
        ],
        answered: sent('php-2@example.com'),
      },
    ],
    stored: ['email=php-2@example.com', { channels: channels('php-2@example.com') }],
  },
  {
    client: 'Python, one channel and one segment as objects, read from the query of a search first',
    calls: [
      {
        send: [
          'GET',
          '/api/v1/contacts?addressBookId=1&firstName=first_name&channels=type&channels=value&email=python-1@example.com',
        ],
        answered: [],
      },
      {
        send: [
          'POST',
          '/api/v1/contact',
          {
            addressBookId: '1',
            firstName: 'first_name',
            channels: { type: 'email', value: 'python-1@example.com' },
            groups: { name: 'python' },
          },
        ],
        answered: { id: expect.any(Number) },
      },
    ],
    stored: ['email=python-1@example.com', { firstName: 'first_name', channels: channels('python-1@example.com') }],
  },
  {
    client: 'Python, what became of messages, an offset at a time',
    calls: [
      { send: ['GET', '/api/v2/contacts/activity?dateFrom=2020-01-01&dateTo=2020-01-02&offset='], answered: [] },
      {
        send: ['GET', '/api/v1/contactActivity?dateFrom=2020-01-01T00:00:00&dateTo=2020-01-02T00:00:00'],
        answered: [],
      },
    ],
  },
  {
    client: 'Ruby, a form and an event in the spelling of their own',
    calls: [
      {
        send: [
          'POST',
          '/api/v1/contact/subscribe',
          {
            contact: {
              channels: channels('ruby-1@example.com', '+380 94 258-36-03'),
              fields: [{ id: '1', value: '' }],
            },
            groups: null,
            formType: null,
          },
        ],
        answered: { id: expect.any(Number), emailStatus: 'NEED_CONFIRMATION' },
      },
      {
        send: [
          'POST',
          '/api/v1/event',
          {
            eventTypeKey: 'registered',
            keyValue: 'ruby-1@example.com',
            params: [{ name: 'email', value: 'ruby-1@example.com' }],
          },
        ],
        answered: '',
      },
    ],
    stored: ['email=ruby-1@example.com', { channels: channels('ruby-1@example.com', '380942583603') }],
  },
  {
    client: 'Node, in bulk, deduplicated on phone',
    calls: [
      {
        send: [
          'POST',
          '/api/v1/contacts',
          {
            dedupeOn: 'phone',
            contacts: [{ firstName: 'A+B', channels: channels('node-1@example.com', '380942583604') }],
          },
        ],
        answered: { id: 0, asyncSessionId: expect.any(String), failedContacts: [] },
      },
    ],
    stored: ['sms=380942583604', { firstName: 'A+B', channels: channels('node-1@example.com', '380942583604') }],
  },
  {
    client: 'a service that connects others, with numbers for text',
    calls: [
      {
        send: [
          'POST',
          '/api/v1/contact',
          {
            firstName: 2026,
            externalCustomerId: 4711,
            channels: [{ type: 'email', value: ' Zap-1@Example.com ' }],
            address: { postcode: 1001 },
            timeZone: '',
          },
        ],
        answered: { id: expect.any(Number) },
      },
    ],
    stored: ['externalCustomerId=4711', { channels: channels('zap-1@example.com') }],
  },
];
