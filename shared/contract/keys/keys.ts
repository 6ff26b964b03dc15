import * as z from 'zod/mini';
import { keyIdOf } from '#domain/keys/api-key.ts';
import { rightsOf, type Scope, scopes } from '#names/access.ts';

const scopeNames = Object.keys(scopes) as [Scope, ...Scope[]];

/** The body of `POST /admin/v1/keys`. */
export const createKeyRequest = z
  .object({
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100), z.describe('Unique; people know it by this')),
    scope: z.enum(scopeNames).check(z.describe('What it may do')),
    ratePerMinute: z.optional(
      z
        .int()
        .check(
          z.positive(),
          z.describe('Requests a minute that it is good for; 60 where absent and the scope is `subscribe`'),
        ),
    ),
    groups: z.optional(
      z
        .array(z.string().check(z.maxLength(100)))
        .check(z.describe('For the scope `subscribe`: the segments that subscribers of the form join, and no others')),
    ),
    fields: z.optional(
      z.array(z.int()).check(z.describe('For the scope `subscribe`: the custom fields that the form fills in')),
    ),
  })
  .check(z.meta({ id: 'CreateKey', examples: [{ name: 'support', scope: 'viewer' }] }));

const listed = {
  id: z.string().check(z.meta({ description: 'The beginning of its hash', examples: ['9f86d081884c'] })),
  name: z.string(),
  scope: z.string(),
  ratePerMinute: z.optional(z.int()),
  groups: z.optional(z.array(z.string())),
  fields: z.optional(z.array(z.int())),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().check(z.describe('To the day')),
};

/** A key as it is listed: never the key itself. */
export const keyResponse = z
  .object({
    ...listed,
    isIdle: z.boolean().check(z.describe('Whether nobody used it for so long that it is disabled')),
    isYours: z.boolean().check(z.describe('Whether this request came with it')),
  })
  .check(z.meta({ id: 'ApiKey' }));

/** A key that was made, with the key itself this once. */
export const createdKeyResponse = z
  .object({ ...listed, key: z.string().check(z.describe('Only its hash is stored: it is shown this once')) })
  .check(z.meta({ id: 'CreatedKey' }));

/** The key of a request and what it may do. */
export const ownKeyResponse = z
  .object({
    name: z.string(),
    scope: z.string(),
    rights: z.array(z.string()).check(z.describe('What it may do, by the names that the reference gives them')),
  })
  .check(z.meta({ id: 'OwnKey', examples: [{ name: 'support', scope: 'viewer', rights: ['version', 'adminRead'] }] }));

/** Every key. */
export const keysResponse = z.object({ items: z.array(keyResponse) });

/** The settings that a stage runs with. */
export const settingsResponse = z.record(z.string(), z.unknown());

interface Stored {
  readonly hash: string;
  readonly name: string;
  readonly scope: string;
}

/** A stored key as our own routes list it. */
export const keyBody = (
  key: Stored & { readonly isIdle: boolean },
  ownHash: string | undefined,
): z.output<typeof keyResponse> => keyResponse.parse({ ...key, id: keyIdOf(key), isYours: key.hash === ownHash });

/** A key that was made, as it is shown this once. */
export const createdKeyBody = (stored: Stored, key: string): z.output<typeof createdKeyResponse> =>
  createdKeyResponse.parse({ ...stored, id: keyIdOf(stored), key });

/** The key of a request as its owner sees it. */
export const ownKeyBody = (key: Stored | undefined): z.output<typeof ownKeyResponse> => {
  const { name = '', scope = '' } = key ?? {};
  return { name, scope, rights: [...rightsOf(scope)] };
};
