import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';
import type { ApiKey } from '#domain/keys/api-key.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';

interface CreateKeyPorts extends Pick<Ambient, 'now'> {
  readonly apiKeys: Pick<ApiKeyStore, 'create' | 'list'>;
  readonly segments: Pick<SegmentStore, 'ensure'>;
}

/** A key to make, of which only the hash is known. */
export type NewKey = Pick<ApiKey, 'hash' | 'name' | 'scope' | 'ratePerMinute' | 'groups' | 'fields'>;

/** The rate of a key for site forms that was made without one: anyone can read such a key. */
const formRatePerMinute = 60;

/** A key and the one that will replace it, while callers change over. */
const maxOfOneName = 2;

/** The most custom fields that a form may fill in, and the most segments that its subscribers join. */
const maxFields = 20;
const maxGroups = 20;

/**
 * Stores a new API key, of which only the hash is known here, and makes the segments that it names if they are missing:
 * its forms make none. Throws INVALID_REQUEST if two keys have its name.
 */
export const createApiKey = async ({ apiKeys, segments, now }: CreateKeyPorts, asked: NewKey): Promise<ApiKey> => {
  const problem = problemOf(asked, await apiKeys.list());
  if (problem) throw new RollcallError('INVALID_REQUEST', problem);
  const key = newApiKey(asked, now());
  if (key.groups) await segments.ensure(key.groups);
  await apiKeys.create(key);
  return key;
};

/** A key as it is stored: one for site forms always has a rate. */
export const newApiKey = (asked: NewKey, time: string): ApiKey => {
  const { hash, name, scope, ratePerMinute, groups = [], fields = [] } = asked;
  const rate = ratePerMinute ?? (scope === formScope ? formRatePerMinute : undefined);
  return {
    hash,
    name: name.trim(),
    scope,
    ...(rate !== undefined && { ratePerMinute: rate }),
    ...(groups.length > 0 && { groups }),
    ...(fields.length > 0 && { fields }),
    createdAt: time,
    lastUsedAt: time,
  };
};

const formScope = 'subscribe';

const problemOf = (asked: NewKey, stored: readonly ApiKey[]): string | undefined => {
  const { hash, name, scope, groups = [], fields = [] } = asked;
  if (name.trim() === '') return 'A key needs a name';
  if (stored.filter((key) => key.name === name.trim()).length >= maxOfOneName) {
    return `There are ${maxOfOneName} keys named ${name.trim()} already: revoke one first`;
  }
  if (stored.some((key) => key.hash === hash)) return 'This very key exists already, under another name';
  if (scope !== formScope && groups.length + fields.length > 0) {
    return `groups and fields are for keys with the scope ${formScope}: others may use all of them`;
  }
  if (groups.length > maxGroups) return `A key names at most ${maxGroups} groups`;
  return fields.length > maxFields ? `A key names at most ${maxFields} fields` : undefined;
};
