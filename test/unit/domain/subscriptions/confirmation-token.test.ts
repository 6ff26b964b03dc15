import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressHashOf, confirmationToken, readConfirmationToken } from '#domain/subscriptions/confirmation-token.ts';
import { memorySigner } from '#test/support/memory/memory-confirmations.ts';

const signer = memorySigner();
const claimOf = async (about = {}) => ({
  contactId: 564407320,
  addressHash: await addressHashOf(signer, 'john@example.com'),
  issuedAt: '2026-01-05T12:00:00.123Z',
  expiresAt: '2026-01-12T12:00:00.123Z',
  ...about,
});
const inTime = '2026-01-06T00:00:00.000Z';

describe('the token of a confirmation link', () => {
  test('brings back the very claim that it was issued for', async () => {
    const claim = await claimOf();

    const token = await confirmationToken(signer, claim);

    await expect(readConfirmationToken(signer, token, inTime)).resolves.toEqual({ state: 'valid', claim });
    expect(token).toMatch(/^[A-Za-z0-9._-]+[a-z0-9]$/);
  });

  test('expires at its time, not before and not after', async () => {
    const token = await confirmationToken(signer, await claimOf());

    const readAt = async (now: string) => (await readConfirmationToken(signer, token, now)).state;

    expect(await readAt('2026-01-12T12:00:00.122Z')).toBe('valid');
    expect(await readAt('2026-01-12T12:00:00.123Z')).toBe('expired');
  });

  test('is worth nothing where another key signed it', async () => {
    const token = await confirmationToken(memorySigner('another key'), await claimOf());

    await expect(readConfirmationToken(signer, token, inTime)).resolves.toEqual({ state: 'invalid' });
  });

  test('serves one purpose in one version only, even with a good signature', async () => {
    const token = await confirmationToken(signer, await claimOf());
    const content = token.split('.').slice(1).join('.');
    const others = [
      content.replace('confirm', 'erase'),
      content.replace(/^1/, '2'),
      `${content}.1`,
      `address:${content}`,
    ];

    for (const other of others) {
      const forged = `${await signer.sign(other)}.${other}`;
      expect((await readConfirmationToken(signer, forged, inTime)).state, other).toBe('invalid');
    }
  });

  test('is invalid when it was cut off anywhere', async () => {
    const token = await confirmationToken(signer, await claimOf());

    for (let length = 0; length < token.length; length++) {
      expect((await readConfirmationToken(signer, token.slice(0, length), inTime)).state).toBe('invalid');
    }
  });

  test('is invalid when any bit of it is another', async () => {
    const token = await confirmationToken(signer, await claimOf());

    await fc.assert(
      fc.asyncProperty(fc.nat({ max: token.length - 1 }), fc.nat({ max: 6 }), async (at, bit) => {
        const flipped = String.fromCharCode(token.charCodeAt(at) ^ (1 << bit));
        const changed = `${token.slice(0, at)}${flipped}${token.slice(at + 1)}`;

        expect((await readConfirmationToken(signer, changed, inTime)).state).toBe('invalid');
      }),
      { numRuns: 1000 },
    );
  });

  test('may be any text at all without harm', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), async (text) => {
        expect((await readConfirmationToken(signer, text, inTime)).state).toBe('invalid');
      }),
    );
  });

  test('names an address only to whoever has the key', async () => {
    const [one, other] = [memorySigner('one'), memorySigner('other')];

    expect(await addressHashOf(one, 'john@example.com')).not.toBe(await addressHashOf(other, 'john@example.com'));
    expect(await addressHashOf(one, 'john@example.com')).toHaveLength(22);
  });
});
