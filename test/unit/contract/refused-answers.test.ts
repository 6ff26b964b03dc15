import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseAddContacts } from '#contract/imports/add-contacts.ts';
import { contactsAnswer, startedImport } from '#contract/imports/add-contacts-answer.ts';
import { failedOrdersBody } from '#contract/orders/order-response.ts';
import { readOrders } from '#contract/orders/orders.ts';

const rule = { defaultCountry: 'UA' };

/** What JSON can hold, numbers that are none to anybody else among it. */
const anyValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(1e20, JSON.parse('1e999'), JSON.parse('-1e999'), -0, ' ', ''),
);
const anyOf = (...names: string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, anyValue])), { requiredKeys: [] });

it('whatever contacts hold, the answer about those that are refused keeps to its definition', () => {
  const contact = anyOf('id', 'externalCustomerId', 'firstName', 'lastName', 'channels', 'fields', 'address');
  fc.assert(
    fc.property(
      fc.array(contact, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('email', 'id'),
      (contacts, dedupeOn) => {
        const { failedContacts } = parseAddContacts({ contacts, dedupeOn }, rule);
        const answer = { ...startedImport('e76ec64c-4243-4124-a9e7-b50a2a7a6c90'), failedContacts };

        expect(contactsAnswer.parse(answer)).toEqual(answer);
      },
    ),
  );
});

it('whatever orders hold, the answer about those that are refused keeps to its definition', () => {
  const order = anyOf('externalOrderId', 'status', 'date', 'totalCost', 'currency', 'email', 'phone', 'firstName');
  fc.assert(
    fc.property(fc.array(order, { minLength: 1, maxLength: 3 }), (orders) => {
      const entries = readOrders({ orders }, rule);

      expect(failedOrdersBody(entries, new Map())).toMatchObject({ id: 0 });
    }),
  );
});
