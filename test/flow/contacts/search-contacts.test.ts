import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactWith, imported, startFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, testKey, waitFor } from '#test/support/local-stack.ts';

let stack: TestStack;
let ids: number[];
beforeAll(async () => {
  stack = await startFlowStack();
  ({ ids } = await imported(stack, {
    contacts: Array.from({ length: 12 }, (_, index) =>
      contactWith(`p${index}@example.com`, {
        firstName: index % 2 ? 'Anna' : 'Bob',
        lastName: `Smith-${'x'.repeat(index)}`,
        externalCustomerId: `C-${index}`,
        address: { town: 'Kyiv' },
      }),
    ),
    groupNames: ['Customers'],
  }));
});
afterAll(() => stack.stop());

const rowsFor = async (query: string) => {
  const { status, json, headers } = await stack.request('GET', `/api/v1/contacts${query}`);
  expect(status).toBe(200);
  return { ids: (json as { id: number }[]).map(({ id }) => id), total: Number(headers.get('totalcount')) };
};

/** A GET as node:http sends it: with a body where one is given, and header names as they came. */
const rawGet = (path: string, body = '') =>
  new Promise<{ status: number | undefined; headerNames: string[]; text: string }>((resolve, reject) => {
    const authorization = `Basic ${Buffer.from(`:${testKey}`).toString('base64')}`;
    const headers = { authorization, 'content-length': body.length };
    const request = httpRequest(`${stack.url}${path}`, { method: 'GET', headers });
    request.on('error', reject).on('response', async (response) => {
      const chunks: Buffer[] = await response.toArray();
      const headerNames = response.rawHeaders.filter((_, index) => index % 2 === 0);
      resolve({ status: response.statusCode, headerNames, text: Buffer.concat(chunks).toString() });
    });
    request.end(body);
  });

describe('GET contacts', () => {
  it('finds exactly, without segments', async () => {
    const { json } = await stack.request('GET', '/api/v1/contacts/?email=P3%40Example.com');

    expect(json).toEqual([
      {
        id: ids[3],
        addressBookId: 1,
        externalCustomerId: 'C-3',
        firstName: 'Anna',
        lastName: 'Smith-xxx',
        channels: [{ type: 'email', value: 'p3@example.com' }],
        address: { region: '', town: 'Kyiv', address: '', postcode: '' },
      },
    ]);
    expect(await rowsFor('?email=3@example.com')).toEqual({ ids: [], total: 0 });
    expect(await rowsFor('?externalCustomerId=C-3')).toEqual({ ids: [ids[3]], total: 1 });
    expect(await rowsFor('?email=p3@example.com&firstname=bob')).toEqual({ ids: [], total: 0 });
  });

  it('pages from 1, with the number of all in TotalCount', async () => {
    expect(await rowsFor('?')).toEqual({ ids, total: 12 });
    expect(await rowsFor('?startindex=1&maxrows=5')).toEqual({ ids: ids.slice(0, 5), total: 12 });
    expect(await rowsFor('?startindex=11&maxrows=5')).toEqual({ ids: ids.slice(10), total: 12 });
    expect(await rowsFor('?startindex=13')).toEqual({ ids: [], total: 12 });
    expect(await rowsFor('?firstname=ann&maxrows=2')).toEqual({ ids: [ids[1], ids[3]], total: 6 });
  });

  it('spells the header as clients look for it, and takes a body that means nothing', async () => {
    const { status, headerNames, text } = await rawGet('/api/v1/contacts?maxrows=1', '[]');

    expect(status).toBe(200);
    expect(headerNames).toContain('TotalCount');
    expect(JSON.parse(text)).toHaveLength(1);
  });

  it('shows a change at once where it is searched for by address, and in order of time', async () => {
    await stack.request('PUT', `/api/v1/contact/${ids[5]}`, { body: contactWith('moved@example.com') });

    expect(await rowsFor('?email=moved@example.com')).toEqual({ ids: [ids[5]], total: 1 });
    expect(await rowsFor('?email=p5@example.com')).toEqual({ ids: [], total: 0 });
    await waitFor('the directory knows', async () => {
      const newest = await rowsFor('?orderByTs=true&maxrows=1');
      return newest.ids[0] === ids[5];
    });
  });

  it('refuses an externalCustomerId beside other parameters', async () => {
    expect((await stack.request('GET', '/api/v1/contacts?externalCustomerId=C-1&email=a@b.co')).status).toBe(400);
  });
});

describe('GET contacts/email', () => {
  it('answers the addresses of those who have one', async () => {
    const list = await stack.request('GET', `/api/v1/contacts/email?ids=${ids[0]},999999,x&ids=${ids[1]}`);
    const alias = await stack.request('GET', `/api/v1/contacts/email?emails=${ids[2]}`);

    expect(list.json).toEqual({
      results: [
        { contactId: ids[0], email: 'p0@example.com' },
        { contactId: ids[1], email: 'p1@example.com' },
      ],
    });
    expect(alias.json).toEqual({ results: [{ contactId: ids[2], email: 'p2@example.com' }] });
    expect((await stack.request('GET', '/api/v1/contacts/email')).status).toBe(400);
  });
});

describe('GET /admin/v1/contacts', () => {
  it('lists those of one source, the newest first', async () => {
    const body = { contact: contactWith('form@example.com') };
    const { json } = await stack.request('POST', '/api/v1/contact/subscribe', { body });
    const { id } = json as { id: number };

    const page = await stack.request('GET', '/admin/v1/contacts?source=SUBSCRIPTION');
    const imports = await stack.request('GET', '/admin/v1/contacts?source=IMPORT&limit=3');

    expect(page.json).toEqual({ items: [expect.objectContaining({ id, sourceLabel: 'subscription form' })] });
    expect(imports.json).toMatchObject({
      items: ids
        .slice(-3)
        .reverse()
        .map((one) => ({ id: one })),
      cursor: expect.any(String),
    });
    expect((await stack.request('GET', '/admin/v1/contacts?source=NOWHERE')).status).toBe(400);
  });
});

describe('emails/unsubscribed', () => {
  const statusOf = async (id: number | undefined) => {
    const { json } = await stack.request('GET', `/admin/v1/contacts/${id}`);
    return (json as { emailStatus?: string }).emailStatus;
  };

  it('stops mail to an address until it is taken back, whatever imports say', async () => {
    const body = { emails: ['P7@example.com', 'nobody@example.com'] };

    const added = await stack.request('POST', '/api/v1/emails/unsubscribed/add', { body });
    await imported(stack, { contacts: [contactWith('p7@example.com', { lastName: 'New' })] });
    const suppressed = await statusOf(ids[7]);
    const deleted = await stack.request('POST', '/api/v1/emails/unsubscribed/delete', { body });

    for (const { status, text, headers } of [added, deleted]) {
      expect([status, text, headers.get('content-length')]).toEqual([200, '', '0']);
    }
    expect([suppressed, await statusOf(ids[7])]).toEqual(['unsubscribed', 'confirmed']);
  });

  it.each([{}, { emails: [] }, { emails: ['nonsense'] }])('refuses %j', async (body) => {
    expect((await stack.request('POST', '/api/v1/emails/unsubscribed/add', { body })).status).toBe(400);
  });
});
