import { beforeAll, describe, expect, it } from 'vitest';
import { contactWith, imported, sharedFlowStack } from '#test/support/flow-stack.ts';
import type { TestStack } from '#test/support/local-stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await sharedFlowStack();
});

const add = async (email: string, about: object = {}) => {
  const { json } = await stack.request('POST', '/api/v1/contact', { body: contactWith(email, about) });
  return (json as { id: number }).id;
};

const adminContact = async (id: number) => (await stack.request('GET', `/admin/v1/contacts/${id}`)).json;

describe('DELETE contact', () => {
  it('answers the sentence of the contract as JSON content, and hides the contact', async () => {
    const id = await add('john@example.com');

    const answer = await stack.request('DELETE', `/api/v1/contact/${id}/`);

    expect([answer.status, answer.text]).toEqual([200, `Contact with id='${id}' has been deleted`]);
    expect(answer.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect((await stack.request('GET', `/api/v1/contact/${id}`)).status).toBe(404);
    expect(await adminContact(id)).toMatchObject({ id, state: 'deleted', source: 'API', sourceLabel: 'API' });
  });

  it.each([
    ['', 'deleted'],
    ['&erase=false', 'deleted'],
    ['&erase=0', 'deleted'],
    ['&erase=', 'deleted'],
    ['&erase=true', undefined],
    ['&erase=1', undefined],
  ])('by externalCustomerId with "%s" leaves it %s', async (erase, state) => {
    const externalCustomerId = `C-${crypto.randomUUID()}`;
    const id = await add('deleted-shared@example.com', { externalCustomerId });

    const answer = await stack.request('DELETE', `/api/v1/contact?externalCustomerId=${externalCustomerId}${erase}`);

    expect(answer.text).toBe(`Contact with id='${id}' has been deleted`);
    expect(await adminContact(id)).toEqual(
      state ? expect.objectContaining({ state }) : expect.objectContaining({ status: 404 }),
    );
  });

  it('is not found where nobody has the name, or nobody any more', async () => {
    const id = await add('deleted-twice@example.com', { externalCustomerId: 'C-twice' });
    await stack.request('DELETE', `/api/v1/contact/${id}`);

    const answers = await Promise.all([
      stack.request('DELETE', `/api/v1/contact/${id}`),
      stack.request('DELETE', '/api/v1/contact?externalCustomerId=C-twice'),
      stack.request('DELETE', '/api/v1/contact?externalCustomerId=nobody&erase=1'),
      stack.request('DELETE', '/api/v1/contact/999999999'),
      stack.request('DELETE', '/api/v1/contact/abc'),
    ]);

    for (const { status, json } of answers) {
      expect(status).toBe(404);
      expect(json).toMatchObject({ status: 404, message: expect.stringContaining('not found') });
    }
  });

  it.each(['/api/v1/contact', '/api/v1/contact?externalCustomerId=', '/api/v1/contact?erase=1'])(
    'without an externalCustomerId is refused: %s',
    async (path) => {
      const { status, json } = await stack.request('DELETE', path);

      expect([status, json]).toEqual([400, expect.objectContaining({ status: 400 })]);
    },
  );

  it('is undone by adding the contact again, with its source and birth, and in its segments where that is asked', async () => {
    const { ids } = await imported(stack, {
      contacts: [contactWith('back@example.com', { externalCustomerId: 'C-back', firstName: 'John' })],
      groupNames: ['Customers'],
    });
    const [id = 0] = ids;
    const before = await adminContact(id);
    await stack.request('DELETE', '/api/v1/contact?externalCustomerId=C-back');

    const again = await add('moved-back@example.com', { externalCustomerId: 'C-back', restoreDeleted: true });

    expect(again).toBe(id);
    expect(await adminContact(id)).toEqual({
      ...(before as object),
      channels: [{ type: 'email', value: 'moved-back@example.com' }],
      updatedAt: expect.any(String),
      version: expect.any(Number),
    });
    expect(await adminContact(id)).toMatchObject({
      state: 'active',
      source: 'IMPORT',
      sourceLabel: 'contact import',
      segments: [{ name: 'Customers' }],
    });
  });

  it('by an import is undone only where it says so', async () => {
    const id = await add('stays@example.com');
    await stack.request('DELETE', `/api/v1/contact/${id}`);

    await imported(stack, { contacts: [contactWith('stays@example.com')] });
    const skipped = await adminContact(id);
    await imported(stack, { contacts: [contactWith('stays@example.com')], restoreDeleted: true });

    expect([skipped, await adminContact(id)]).toMatchObject([{ state: 'deleted' }, { state: 'active' }]);
  });
});
