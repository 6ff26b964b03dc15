import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import { type MaskMember, maskMembers } from '#domain/imports/import-session.ts';
import { isObject } from '../imports/bind.ts';
import type { ReadingRule } from './contact-draft.ts';
import { contactMembers } from './contact-request.ts';
import { parseContactUpdate, type ReadSingleContact } from './single-contact.ts';

/** The body of `PUT /admin/v1/contacts/{id}`. */
export const editContactRequest = z
  .extend(z.omit(contactMembers, { origin: true }), {
    version: z
      .int()
      .check(
        z.positive(),
        z.describe('The version that was read; where the contact is in another one, nothing changes'),
      ),
    clear: z.optional(
      z
        .array(z.union([z.enum(maskMembers), z.int()]))
        .check(z.maxLength(500), z.describe('Members, and ids of custom fields, that are to be empty afterwards')),
    ),
  })
  .check(z.meta({ id: 'EditContact', examples: [{ version: 3, firstName: 'John', clear: ['sms'] }] }));

/** The answer to an edit. */
export const editedResponse = z
  .object({
    id: z.int(),
    warnings: z.array(z.string()).check(z.describe('Values of custom fields that do not suit them and were left out')),
  })
  .check(z.meta({ id: 'EditedContact' }));

/** What a person changes about a contact. */
export interface ContactEdit {
  readonly version: number;
  readonly contact: ReadSingleContact;
  /** Members that are written: those that are given and those that are cleared. */
  readonly mask: readonly MaskMember[];
  readonly customFieldIds: readonly number[];
}

const edited = z.object({ version: editContactRequest.shape.version, clear: editContactRequest.shape.clear });

const parts = ['region', 'town', 'address', 'postcode'] as const;

/**
 * Reads what a person changes about a contact.
 * @throws RollcallError INVALID_REQUEST for a bad value.
 */
export const parseContactEdit = (body: unknown, rule: Pick<ReadingRule, 'defaultCountry' | 'junk'>): ContactEdit => {
  const parsed = edited.safeParse(body);
  if (!parsed.success || !isObject(body)) {
    throw new RollcallError(
      'INVALID_REQUEST',
      'The body must have the "version" that was read, and members in "clear"',
    );
  }
  const contact = parseContactUpdate({ ...body, groups: undefined }, rule);
  const { draft, warnings } = contact;
  // A person is there to put right what an import would leave out.
  if (warnings.length > 0)
    throw new RollcallError('INVALID_REQUEST', warnings.map(({ message }) => message).join('; '));
  const clear = parsed.data.clear ?? [];
  const given = maskMembers.filter((name) => Object.hasOwn(draft, name));
  const givenParts = parts.filter((part) => draft.address && Object.hasOwn(draft.address, part));
  const cleared = clear.filter((name) => typeof name === 'string');
  return {
    version: parsed.data.version,
    contact,
    mask: [...new Set([...given.filter((name) => name !== 'address'), ...givenParts, ...cleared])],
    customFieldIds: [
      ...new Set([...(draft.fields ?? []).map(({ id }) => id), ...clear.filter(Number.isInteger)]),
    ] as number[],
  };
};
