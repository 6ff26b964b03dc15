import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failedOrdersBody, parseOrderFilter } from '#contract/orders/order-response.ts';
import { readOrder, submittedOrders } from '#contract/orders/orders.ts';

const rule = { defaultCountry: 'UA' };
const bare = {
  externalOrderId: '1',
  status: 'INITIALIZED',
  date: '2026-01-05T10:11:00',
  totalCost: 22,
  email: 'mail@example.com',
};
const read = (about: object = {}) => readOrder({ ...bare, ...about }, rule);
const contentOf = (about: object = {}) => read(about).order?.content;
const problemsOf = (about: object) => read(about).errors.map(({ code, field }) => `${code} ${field}`);

describe('an order', () => {
  it('is read with every member that it can have', () => {
    const whole = {
      ...bare,
      currency: 'USD',
      externalCustomerId: 'C-17',
      email: 'Mail@Example.com',
      phone: '+38 094 258 36 91',
      firstName: 'John',
      lastName: 'Smith',
      shipping: 1.5,
      discount: 2,
      taxes: 3,
      restoreUrl: 'https://shop.example/cart/1',
      statusDescription: 'New',
      storeId: '7',
      source: 'web',
      deliveryMethod: 'courier',
      paymentMethod: 'card',
      deliveryAddress: 'First str. 1',
      additionalInfo: { gift: true, notes: ['a'] },
      items: [
        {
          externalItemId: '170',
          name: 'Cup',
          category: 'Kitchen',
          quantity: 2,
          cost: 11,
          url: 'https://shop.example/170',
          imageUrl: 'https://shop.example/170.png',
          description: 'White',
        },
      ],
    };

    expect(readOrder(whole, rule)).toEqual({
      order: {
        content: { ...whole, date: '2026-01-05T10:11:00.000Z', email: 'mail@example.com', phone: '380942583691' },
        draft: {
          externalCustomerId: 'C-17',
          email: 'mail@example.com',
          sms: '380942583691',
          firstName: 'John',
          lastName: 'Smith',
        },
      },
      errors: [],
    });
  });

  it.each([
    ['numbers as texts', { totalCost: '22.50', shipping: '3' }, { totalCost: 22.5, shipping: 3 }],
    [
      'ids as numbers',
      { externalOrderId: 17, externalCustomerId: 18 },
      { externalOrderId: '17', externalCustomerId: '18' },
    ],
    ['a status in any case', { status: ' delivered' }, { status: 'DELIVERED' }],
    ['a currency in any case', { currency: 'usd' }, { currency: 'USD' }],
    ['a date with microseconds', { date: '2026-01-05T10:11:12.123456+02:00' }, { date: '2026-01-05T08:11:12.123Z' }],
    ['a number of items as text', itemWith({ quantity: '2', externalItemId: 170 }), itemWith({})],
    ['one item without a list', { items: itemWith({}).items[0] }, itemWith({})],
  ])('may have %s', (_, about, content) => {
    expect(contentOf(about)).toMatchObject(content);
  });

  it('has nothing for members that are empty', () => {
    const empty = {
      shipping: '',
      discount: null,
      firstName: ' ',
      phone: ' ',
      currency: '',
      additionalInfo: [],
      items: [],
    };

    expect(contentOf({ ...empty, ...itemWith({ cost: '', name: null }) })).toEqual({
      ...bare,
      date: '2026-01-05T10:11:00.000Z',
      ...itemWith({}),
    });
    expect(read(empty).order?.draft).toEqual({ email: 'mail@example.com' });
  });

  it('keeps a name that is none, which its contact is not given', () => {
    const { order } = read({ firstName: '${x}', lastName: 'Smith' });

    expect(order?.content).toMatchObject({ firstName: '${x}', lastName: 'Smith' });
    expect(order?.draft).toEqual({ email: 'mail@example.com', lastName: 'Smith' });
  });

  it('cuts a name that no contact can have, however long it is', () => {
    const { order, warnings } = read({ firstName: 'Ann '.repeat(100) });

    expect(order?.draft.firstName).toBe('Ann '.repeat(10).trim());
    expect(warnings).toMatchObject([{ code: 'NAME_CHANGED', field: 'firstName' }]);
  });

  it.each([
    ['no id', { externalOrderId: ' ' }, 'INVALID_MEMBER externalOrderId'],
    ['a long id', { externalOrderId: 'a'.repeat(256) }, 'INVALID_MEMBER externalOrderId'],
    ['an unknown status', { status: 'LOST' }, 'INVALID_MEMBER status'],
    ['no date', { date: '' }, 'INVALID_MEMBER date'],
    ['a date that is none', { date: 'today' }, 'INVALID_MEMBER date'],
    ['no cost', { totalCost: '' }, 'INVALID_MEMBER totalCost'],
    ['a cost that is none', { totalCost: 'free' }, 'INVALID_MEMBER totalCost'],
    ['a currency that is none', { currency: 'dollars' }, 'INVALID_MEMBER currency'],
    ['a bad address', { email: 'nobody' }, 'INVALID_EMAIL email'],
    ['a bad phone and no address', { email: null, phone: '12' }, 'INVALID_PHONE phone'],
    ['nobody', { email: null }, 'MISSING_DEDUPE_VALUE externalCustomerId'],
    ['an item without its number', itemWith({ quantity: '' }), 'INVALID_MEMBER items[0].quantity'],
    ['more than it may hold', { additionalInfo: { text: 'я'.repeat(50_001) } }, 'TOO_LARGE order'],
    ['more depth than it may have', { additionalInfo: { a: nested(20) } }, 'INVALID_MEMBER additionalInfo'],
  ])('fails with %s', (_, about, problem) => {
    expect(problemsOf(about)).toEqual([problem]);
  });

  it.each([
    ['an address', { email: 'nobody', phone: '380942583691' }, { phone: '380942583691' }, 'INVALID_EMAIL email'],
    ['an address', { email: 'nobody', externalCustomerId: 7 }, { externalCustomerId: '7' }, 'INVALID_EMAIL email'],
    ['a phone', { phone: '12345' }, { email: 'mail@example.com' }, 'INVALID_PHONE phone'],
    ['a phone', { phone: '0000000000' }, { email: 'mail@example.com' }, 'NO_VALUE phone'],
    ['a phone', { phone: { code: 380 } }, { email: 'mail@example.com' }, 'INVALID_PHONE phone'],
    ['an address', { email: { to: 'x' }, phone: '380942583691' }, { phone: '380942583691' }, 'INVALID_EMAIL email'],
  ])('is taken without %s that is none where it still says whose it is', (_, about, identity, problem) => {
    const { order, warnings = [] } = read(about);

    expect(order?.content).toEqual({ ...bare, date: '2026-01-05T10:11:00.000Z', email: undefined, ...identity });
    expect(warnings.map(({ code, field }) => `${code} ${field}`)).toEqual([problem]);
  });

  it.each(['', ' ', null, undefined])('keeps an item whose externalItemId is %j, with a warning', (externalItemId) => {
    const { order, warnings } = read(itemWith({ externalItemId }));

    expect(order?.content.items).toEqual([{ quantity: 2 }]);
    expect(warnings).toMatchObject([{ code: 'INVALID_MEMBER', field: 'items[0].externalItemId' }]);
  });

  it('fails for every reason at once, and where it is no object', () => {
    expect(problemsOf({ email: 'nobody', phone: '1', date: 'today' })).toEqual([
      'INVALID_MEMBER date',
      'INVALID_EMAIL email',
      'INVALID_PHONE phone',
    ]);
    expect(readOrder('order', rule).errors).toMatchObject([{ code: 'NOT_AN_OBJECT' }]);
  });

  it('is never a reason for an error of ours', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void readOrder(value, rule)));
    fc.assert(fc.property(fc.jsonValue(), (value) => void read({ items: value, additionalInfo: value, email: value })));
  });
});

function itemWith(about: object) {
  return { items: [{ externalItemId: '170', quantity: 2, ...about }] };
}

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

describe('a request for orders', () => {
  it('has 1 to 1,000 of them, one also without a list', () => {
    expect(submittedOrders({ orders: bare })).toEqual([bare]);
    expect(submittedOrders({ orders: Array.from({ length: 1000 }, () => bare) })).toHaveLength(1000);
  });

  it.each([[{}], [{ orders: [] }], [{ orders: null }], [[]], ['orders'], [{ orders: Array(1001).fill(bare) }]])(
    'is refused otherwise',
    (body) => {
      expect(() => submittedOrders(body)).toThrow('orders must have 1 to 1000 orders');
    },
  );
});

describe('the answer about orders', () => {
  const entriesOf = (...values: unknown[]) => values.map((value) => ({ value, ...readOrder(value, rule) }));

  it('is none where no order failed', () => {
    expect(failedOrdersBody(entriesOf(bare), new Map())).toBeUndefined();
  });

  it('says of each that failed which it was and why, by what was submitted', () => {
    const late = { code: 'TOO_MANY_OWNERS', field: 'channels', message: 'Too many' } as const;
    const entries = entriesOf(bare, { ...bare, externalOrderId: 2, totalCost: 'x'.repeat(200), more: 1 }, 'order', {
      ...bare,
      externalOrderId: '3',
    });

    expect(failedOrdersBody(entries, new Map([['3', late]]))).toEqual({
      id: 0,
      failedOrders: [
        {
          index: 1,
          ...bare,
          externalOrderId: 2,
          totalCost: 'x'.repeat(100),
          errors: [{ code: 'INVALID_MEMBER', field: 'totalCost', message: 'totalCost must be a number' }],
        },
        { index: 2, errors: [{ code: 'NOT_AN_OBJECT', field: 'order', message: 'The order is not an object' }] },
        { index: 3, ...bare, externalOrderId: '3', errors: [late] },
      ],
    });
  });
});

describe('a request for a list of orders', () => {
  it('says whose or which', () => {
    expect(parseOrderFilter({ contactId: '7' })).toEqual({ contactId: 7 });
    expect(parseOrderFilter({ externalOrderId: '2026-0001' })).toEqual({ externalOrderId: '2026-0001' });
    expect(() => parseOrderFilter({})).toThrow('contactId or externalOrderId must be given');
    expect(() => parseOrderFilter({ contactId: 'C-17' })).toThrow('contactId must be a');
  });
});
