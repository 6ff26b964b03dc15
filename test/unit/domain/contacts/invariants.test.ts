import { describe, expect, it } from 'vitest';
import type { Contact } from '#domain/contacts/contact.ts';
import type { Claim, IdentityType } from '#domain/contacts/identity.ts';
import { type Breach, findBreaches } from '#domain/contacts/invariants.ts';
import { bareContact } from '#test/support/contacts/bare-contact.ts';

const claim = (type: IdentityType, value: string, ...contactIds: number[]): Claim => ({
  identity: { type, value },
  contactIds,
  stamp: '1.1',
});

describe('the checker of the table', () => {
  it.each<{ title: string; claims: Claim[]; contacts: Contact[]; breaches: Breach[] }>([
    {
      title: 'is content where claims list every owner',
      claims: [claim('EMAIL', 'x@x.x', 1, 2), claim('EXT', 'X', 1)],
      contacts: [
        bareContact({ id: 1, email: 'x@x.x', externalCustomerId: 'X' }),
        bareContact({ id: 2, email: 'x@x.x' }),
      ],
      breaches: [],
    },
    {
      title: 'is content with a claim for an id that was never born',
      claims: [claim('EMAIL', 'x@x.x', 9)],
      contacts: [],
      breaches: [],
    },
    {
      title: 'is content with a claim whose owner lacks the identity yet',
      claims: [claim('EMAIL', 'x@x.x', 1)],
      contacts: [bareContact({ id: 1 })],
      breaches: [],
    },
    {
      title: 'finds an identity that nobody claimed',
      claims: [],
      contacts: [bareContact({ id: 1, email: 'x@x.x' })],
      breaches: [{ kind: 'unclaimed identity', identityType: 'EMAIL', contactIds: [1] }],
    },
    {
      title: 'finds an owner that its claim does not list',
      claims: [claim('SMS', '1', 2)],
      contacts: [bareContact({ id: 1, sms: '1' }), bareContact({ id: 2, sms: '1' })],
      breaches: [{ kind: 'unclaimed identity', identityType: 'SMS', contactIds: [1] }],
    },
    {
      title: 'finds an unclaimed field value that contacts are found by',
      claims: [],
      contacts: [
        bareContact({
          id: 1,
          fields: [
            { id: 101, value: '7' },
            { id: 102, value: 'not one to be found by' },
          ],
        }),
      ],
      breaches: [{ kind: 'unclaimed identity', identityType: 'FIELD', contactIds: [1] }],
    },
    {
      title: 'finds two owners of one externalCustomerId',
      claims: [claim('EXT', 'X', 1, 2)],
      contacts: [bareContact({ id: 1, externalCustomerId: 'X' }), bareContact({ id: 2, externalCustomerId: 'X' })],
      breaches: [{ kind: 'several owners', identityType: 'EXT', contactIds: [1, 2] }],
    },
  ])('$title', ({ claims, contacts, breaches }) => {
    expect(findBreaches({ claims, contacts }, new Set([101]))).toEqual(breaches);
  });

  it('tells no address', () => {
    const breaches = findBreaches({ claims: [], contacts: [bareContact({ id: 1, email: 'secret@x.x' })] });

    expect(JSON.stringify(breaches)).not.toContain('secret');
  });
});
