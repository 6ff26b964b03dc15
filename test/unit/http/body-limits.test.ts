import { afterEach, describe, expect, it, vi } from 'vitest';
import { maxBodyBytesOf, usualBodyBytes } from '#contract/body-bytes.ts';
import { operations } from '#contract/operations.ts';
import { requestReader } from '#http/api-request.ts';
import { httpEvent } from './http-events.ts';

const withBodies = Object.values(operations).filter(({ body }) => body !== undefined);

afterEach(() => vi.restoreAllMocks());

describe('the body of a request', () => {
  it.each(withBodies.map((operation) => [operation.name, operation] as const))(
    'of %s is refused before it is parsed, if it is larger than the route takes',
    (_, operation) => {
      const most = maxBodyBytesOf(operation);
      const { path: _path, query: _query, ...bodyOnly } = operation;
      const read = requestReader({ ...bodyOnly, body: { schema: {} as never, read: () => 'read' } }, {});
      const eventOf = (bytes: number) => httpEvent({ method: 'POST', body: '{}'.padStart(bytes) });
      const parsing = vi.spyOn(JSON, 'parse');

      expect(() => read(eventOf(most + 1))).toThrow(`at most ${most} are accepted`);
      expect(parsing).not.toHaveBeenCalled();
      expect(read(eventOf(most)).body).toBe('read');
    },
  );

  it('is small for every operation but these', () => {
    const large = withBodies.filter((operation) => maxBodyBytesOf(operation) > usualBodyBytes);

    expect(large.map(({ name }) => name).sort()).toEqual([
      'addContact',
      'addContacts',
      'addOrders',
      'addPastEvents',
      'addStoredMessage',
      'attachContacts',
      'createField',
      'createMessage',
      'detachContacts',
      'editContact',
      'replaceMessage',
      'resubscribeEmails',
      'saveWorkflow',
      'sendEmail',
      'sendStoredMessage',
      'smartSend',
      'unsubscribeEmails',
      'updateContact',
      'updateStoredMessage',
    ]);
  });

  it.each([
    ['unsubscribeEmails', { emails: Array.from({ length: 3000 }, () => `${'x'.repeat(242)}@example.com`) }],
    ['sendStoredMessage', { recipients: Array.from({ length: 1000 }, () => `${'x'.repeat(242)}@example.com`) }],
    ['attachContacts', { externalCustomerIds: Array.from({ length: 500 }, () => 'ю'.repeat(100)) }],
    ['sendEmail', { subject: 'Hello', htmlText: 'ю'.repeat(150_000) }],
    ['updateContact', { fields: Array.from({ length: 10 }, (_, id) => ({ id, value: 'ю'.repeat(5000) })) }],
    ['createField', { possibleValues: Array.from({ length: 500 }, () => 'ю'.repeat(100)) }],
  ] as const)('of %s has room for the most that it may say, in ASCII', (name, body) => {
    const ascii = JSON.stringify(body).replaceAll('ю', '\\u044e');

    expect(ascii.length).toBeLessThanOrEqual(maxBodyBytesOf(operations[name]));
  });
});
