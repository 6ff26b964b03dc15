import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { Segment } from '#domain/segments/segment.ts';
import { isObject } from '../imports/bind.ts';
import type { PathParameter } from '../operation.ts';
import { parse } from '../parse.ts';

const maxKeyLength = 60;

const keyText = z
  .string()
  .check(
    z.regex(/^[\p{L}\p{N}_.-]{1,60}$/u),
    z.meta({ description: 'A subscription category', examples: ['newsletter'] }),
  );

/** What a category is called by in a path (contract 4.11); 400 if it can be none. */
export const categoryKey: PathParameter<string> = {
  schema: keyText,
  read: (text) => {
    if (keyText.safeParse(text).success) return text;
    const message = `The key must have 1 to ${maxKeyLength} letters, digits, dots, hyphens or underscores`;
    throw new RollcallError('INVALID_REQUEST', message);
  },
};

/** The answer of `GET /api/v1/subscriptions` (contract 4.11). */
export const subscriptionsResponse = z
  .array(z.object({ key: z.string(), name: z.string() }))
  .check(z.meta({ id: 'Subscriptions', examples: [[{ key: 'newsletter', name: 'Newsletter' }]] }));

/** The subscriptions of a contact, as `PUT` takes them and `GET` answers them (contract 4.11). */
export const contactSubscriptions = z
  .object({
    subscriptions: z
      .array(z.string().check(z.maxLength(maxKeyLength)))
      .check(z.maxLength(500), z.describe('Keys of categories; it is in these and in no others')),
  })
  .check(z.meta({ id: 'ContactSubscriptions', examples: [{ subscriptions: ['newsletter'] }] }));

/** A category on our own routes. */
export const categoryResponse = z
  .object({
    key: z.string(),
    name: z.string(),
    segmentId: z.int().check(z.describe('The segment that mirrors it and has its name')),
  })
  .check(z.meta({ id: 'Category' }));

/** Every category on our own routes. */
export const categoriesResponse = z.object({ items: z.array(categoryResponse) });

interface Mirrored {
  readonly key: string;
  readonly segment: Segment;
}

/** Categories as the contract shows them. */
export const subscriptionsBody = (categories: readonly Mirrored[]): z.output<typeof subscriptionsResponse> =>
  categories.map(({ key, segment: { name } }) => ({ key, name }));

/** A category as our own routes show it. */
export const categoryBody = ({ key, segment: { id, name } }: Mirrored): z.output<typeof categoryResponse> => ({
  key,
  name,
  segmentId: id,
});

/**
 * Reads the subscriptions that a contact shall have; an empty list is none.
 * @throws RollcallError INVALID_REQUEST.
 */
export const parseContactSubscriptions = (body: unknown): string[] => {
  if (isObject(body) && Array.isArray(body.subscriptions) && body.subscriptions.length === 0) return [];
  return [...new Set(parse(contactSubscriptions, body).subscriptions)];
};
