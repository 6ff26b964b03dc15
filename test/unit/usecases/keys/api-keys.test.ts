import { describe, expect, test } from 'vitest';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { createApiKey } from '#usecases/keys/create-api-key.ts';
import { listApiKeys } from '#usecases/keys/list-api-keys.ts';
import { revokeApiKey } from '#usecases/keys/revoke-api-key.ts';

const keyOf = (name: string, hash = `${name}-`.padEnd(64, '0')) => ({ hash, name, scope: 'full' });

describe('an API key', () => {
  test('is stored by its hash and listed by its name', async () => {
    const ports = memoryPorts();

    await createApiKey(ports, keyOf('shop'));
    await createApiKey(ports, keyOf('crm'));

    const listed = await listApiKeys(ports);
    expect(listed.map(({ name, isIdle }) => [name, isIdle])).toEqual([
      ['crm', false],
      ['shop', false],
    ]);
  });

  test.each([
    ['its hash', { ...keyOf('shop'), name: 'other' }],
    ['no name', keyOf(' ')],
  ])('is refused for %s', async (_, key) => {
    const ports = memoryPorts();
    await createApiKey(ports, keyOf('shop'));

    await expect(createApiKey(ports, key)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  test('shares its name with the one that will replace it, and with no third', async () => {
    const ports = memoryPorts();
    await createApiKey(ports, keyOf('shop', 'a'.repeat(64)));
    await createApiKey(ports, keyOf('shop', 'b'.repeat(64)));

    await expect(createApiKey(ports, keyOf('shop', 'c'.repeat(64)))).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(revokeApiKey(ports, 'shop')).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await revokeApiKey(ports, 'aaaaaaaa');
    expect(await listApiKeys(ports)).toMatchObject([{ name: 'shop', hash: 'b'.repeat(64) }]);
  });

  test('that nobody used for ninety days is listed as idle', async () => {
    const ports = memoryPorts();
    const usedAt = '2025-10-01T00:00:00.000Z';
    await ports.apiKeys.create({ ...keyOf('old'), createdAt: usedAt, lastUsedAt: usedAt });

    expect(await listApiKeys(ports)).toMatchObject([{ name: 'old', isIdle: true }]);
  });

  test('is revoked by its name or the beginning of its hash', async () => {
    const ports = memoryPorts();
    await createApiKey(ports, keyOf('shop', 'ab12cd34'.padEnd(64, '0')));
    await createApiKey(ports, keyOf('crm', 'ab12cd35'.padEnd(64, '0')));

    expect(await revokeApiKey(ports, 'crm')).toMatchObject({ name: 'crm' });
    expect(await revokeApiKey(ports, 'AB12CD34')).toMatchObject({ name: 'shop' });
    expect(await listApiKeys(ports)).toEqual([]);
  });

  test('is not revoked by too little of its hash, nor where several match', async () => {
    const ports = memoryPorts();
    await createApiKey(ports, keyOf('shop', 'ab12cd34ef'.padEnd(64, '0')));
    await createApiKey(ports, keyOf('crm', 'ab12cd34ff'.padEnd(64, '0')));

    await expect(revokeApiKey(ports, 'ab12')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(revokeApiKey(ports, 'ab12cd34')).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(await listApiKeys(ports)).toHaveLength(2);
  });
});
