import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unsubscribeToken } from '#domain/subscriptions/unsubscribe-token.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { lookAtUnsubscription, unsubscribeByLink } from '#usecases/subscriptions/unsubscribe-by-link.ts';

const claim = { contactId: 7, address: 'john@example.com', languageCode: 'uk' };

describe('an unsubscribe link', () => {
  test('shows what it would do without doing it, however often it is opened', async () => {
    const ports = memoryPorts();
    const token = await unsubscribeToken(ports.sealer, claim);

    const views = [await lookAtUnsubscription(ports, token), await lookAtUnsubscription(ports, token)];

    expect(views).toEqual([
      { state: 'open', claim },
      { state: 'open', claim },
    ]);
    expect(ports.memory.suppressions.size).toBe(0);
  });

  test('unsubscribes its address once, whatever became of its contact', async () => {
    const ports = memoryPorts();
    const token = await unsubscribeToken(ports.sealer, claim);

    const first = await unsubscribeByLink(ports, token);
    const kept = [...ports.memory.suppressions.values()];
    const again = await unsubscribeByLink(ports, token);

    expect([first, again, await lookAtUnsubscription(ports, token)]).toEqual(Array(3).fill({ state: 'done', claim }));
    expect(kept).toEqual([{ address: claim.address, reason: 'unsubscribed', since: expect.any(String) }]);
    expect([...ports.memory.suppressions.values()]).toEqual(kept);
  });

  test('leaves a complaint and the blacklist as they are', async () => {
    const ports = memoryPorts();
    const complaint = { address: claim.address, reason: 'spam', since: '2026-01-01T00:00:00.000Z' } as const;
    await ports.suppressions.add([complaint]);

    const view = await unsubscribeByLink(ports, await unsubscribeToken(ports.sealer, claim));

    expect(view.state).toBe('done');
    expect([...ports.memory.suppressions.values()]).toEqual([complaint]);
  });

  test('does not end with a mark that mail programs leave out of links, nor with a tail that counts', async () => {
    const { sealer } = memoryPorts();

    expect(await unsubscribeToken(sealer, claim)).toMatch(/^[\w-]+\.1$/);
  });

  test('that was not sealed here for this purpose does nothing', async () => {
    const ports = memoryPorts();
    const token = await unsubscribeToken(ports.sealer, claim);
    const otherPurpose = `${await ports.sealer.seal(JSON.stringify([7, 'john@example.com', '']), 'upload')}.1`;

    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.constantFrom('', token.slice(1), token.slice(0, -1), `${token}=`, otherPurpose)),
        async (given) => {
          expect(await unsubscribeByLink(ports, given)).toEqual({ state: 'invalid' });
          expect(await lookAtUnsubscription(ports, given)).toEqual({ state: 'invalid' });
        },
      ),
    );
    expect(ports.memory.suppressions.size).toBe(0);
  });
});
