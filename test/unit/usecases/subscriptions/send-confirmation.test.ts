import { describe, expect, test } from 'vitest';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import { readConfirmationToken } from '#domain/subscriptions/confirmation-token.ts';
import {
  type ConfirmationTestPorts,
  confirmationPorts,
  emptyConfirmationMemory,
  keep,
  noon,
  subscriberOf,
} from '#test/support/subscriptions/confirmation-ports.ts';
import { resendConfirmation } from '#usecases/subscriptions/resend-confirmation.ts';
import { sendConfirmation } from '#usecases/subscriptions/send-confirmation.ts';

const published = { contactId: 7, email: 'john@example.com' };

const portsWith = async (contact = subscriberOf()): Promise<ConfirmationTestPorts> => {
  const ports = confirmationPorts();
  await keep(ports, contact);
  return ports;
};

const suppressAs = ({ own }: ConfirmationTestPorts, reason: 'unsubscribed' | 'spam' | 'blacklisted') =>
  own.suppressed.set(published.email, { address: published.email, reason, since: noon });

describe('the confirmation message', () => {
  test('goes to the address of a new subscriber, with a link that vouches for it and lives as long as the stage says', async () => {
    const ports = await portsWith();

    const outcome = await sendConfirmation(ports, { ...published, formType: 'footer' });

    expect(outcome).toBe('sent');
    expect(ports.own.sent).toMatchObject([{ to: 'john@example.com', subject: 'footer' }]);
    const reading = await readConfirmationToken(ports.signer, ports.own.sent[0]?.text ?? '', noon);
    expect(reading).toMatchObject({ claim: { contactId: 7, expiresAt: '2026-01-12T12:00:00.000Z' } });
  });

  test.each([
    ['has confirmed the address', { confirmed: true }],
    ['has another address by now', { email: 'jane@example.com' }],
    ['is deleted', { state: 'deleted' as const }],
    ['is erased', { state: 'erased' as const }],
  ])('is not sent to who %s', async (_, about) => {
    const ports = await portsWith(subscriberOf(about));

    expect(await sendConfirmation(ports, published)).toBe('nothing to confirm');
    expect(ports.own.sent).toEqual([]);
  });

  test('is not sent where only a phone number subscribed', async () => {
    const ports = await portsWith();

    expect(await sendConfirmation(ports, { contactId: 7 })).toBe('nothing to confirm');
  });

  test('is never sent to a blacklisted address', async () => {
    const ports = await portsWith();
    suppressAs(ports, 'blacklisted');

    expect(await sendConfirmation(ports, published)).toBe('nothing to confirm');
    await expect(resendConfirmation(ports, 7)).rejects.toMatchObject({ code: 'NOTHING_TO_CONFIRM' });
    expect(ports.own.sent).toEqual([]);
  });

  test.each(['unsubscribed', 'spam'] as const)(
    'is sent to an unconfirmed address that is suppressed as %s',
    async (reason) => {
      const ports = await portsWith();
      suppressAs(ports, reason);

      expect(await sendConfirmation(ports, published)).toBe('sent');
    },
  );

  test('is in the language of the contact', async () => {
    const ports = await portsWith(subscriberOf({ languageCode: 'uk' }));

    await sendConfirmation(ports, published);
    await resendConfirmation(ports, 7);

    expect(ports.own.sent.map(({ subject }) => subject)).toEqual([' in uk', ' in uk']);
  });

  test('is sent at once to who unsubscribed since the last one, and once in ten minutes however often they click', async () => {
    const ports = await portsWith();
    const unsubscribeAt = (since: string) =>
      ports.own.suppressed.set(published.email, { address: published.email, reason: 'unsubscribed', since });
    const clickAfter = async (minutes: number) => {
      ports.own.clock.now = hoursAfter(noon, minutes / 60);
      return sendConfirmation(ports, published);
    };

    const before = [await clickAfter(0), await clickAfter(1)];
    unsubscribeAt(hoursAfter(noon, 2 / 60));
    const after = [await clickAfter(3), await clickAfter(4), await clickAfter(12.9), await clickAfter(13.1)];

    expect(before).toEqual(['sent', 'sent lately']);
    expect(after).toEqual(['sent', 'sent lately', 'sent lately', 'sent']);
  });

  test('is not sent more often where an import says that the address unsubscribes tomorrow', async () => {
    const ports = await portsWith();
    const address = published.email;
    ports.own.suppressed.set(address, { address, reason: 'unsubscribed', since: hoursAfter(noon, 24) });

    expect([await sendConfirmation(ports, published), await sendConfirmation(ports, published)]).toEqual([
      'sent',
      'sent lately',
    ]);
  });

  test('is sent to an unsubscribed address five times a day at most, so that nobody floods it', async () => {
    const ports = await portsWith();
    suppressAs(ports, 'unsubscribed');
    const outcomes: string[] = [];

    for (let click = 0; click < 8; click++) {
      ports.own.clock.now = hoursAfter(noon, click / 4);
      outcomes.push(await sendConfirmation(ports, published));
    }

    expect(outcomes).toEqual([...Array(5).fill('sent'), ...Array(3).fill('sent lately')]);
  });

  test('is sent to who confirmed once, then unsubscribed, and now subscribes again', async () => {
    const ports = await portsWith(subscriberOf({ confirmed: true }));
    suppressAs(ports, 'unsubscribed');

    expect(await sendConfirmation(ports, published)).toBe('sent');
  });

  test('is sent to one address once in 72 hours, whoever subscribes it', async () => {
    const ports = await portsWith();
    await keep(ports, subscriberOf({ id: 8 }));

    const outcomes = [await sendConfirmation(ports, published), await sendConfirmation(ports, published)];
    outcomes.push(await sendConfirmation(ports, { ...published, contactId: 8 }));
    ports.own.clock.now = hoursAfter(noon, 71.99);
    outcomes.push(await sendConfirmation(ports, published));
    ports.own.clock.now = hoursAfter(noon, 72);
    outcomes.push(await sendConfirmation(ports, published));

    expect(outcomes).toEqual(['sent', 'sent lately', 'sent lately', 'sent lately', 'sent']);
    expect(ports.own.sent).toHaveLength(2);
  });

  test('is sent to a second address at once', async () => {
    const ports = await portsWith();
    await keep(ports, subscriberOf({ id: 8, email: 'jane@example.com' }));

    await sendConfirmation(ports, published);

    expect(await sendConfirmation(ports, { contactId: 8, email: 'jane@example.com' })).toBe('sent');
  });

  test('is not lost where its function dies between taking the address and sending', async () => {
    const own = emptyConfirmationMemory();
    const dying = confirmationPorts({
      own,
      step: async (name) => {
        if (/^(sendMail|abandonMail)/.test(name)) throw new Error('died');
      },
    });
    const ports = confirmationPorts({ own, memory: dying.memory });
    await keep(ports, subscriberOf());

    await expect(sendConfirmation(dying, published)).rejects.toThrow('died');
    await expect(sendConfirmation(ports, published)).rejects.toThrow('Another attempt');
    own.clock.now = hoursAfter(noon, 1 / 60);

    expect(await sendConfirmation(ports, published)).toBe('sent');
    expect(own.sent).toHaveLength(1);
  });

  test('is sent by the next attempt at once where the mailer failed', async () => {
    const own = emptyConfirmationMemory();
    const failing = confirmationPorts({
      own,
      step: async (name) => {
        if (name.startsWith('sendMail')) throw new Error('Amazon SES is down');
      },
    });
    const ports = confirmationPorts({ own, memory: failing.memory });
    await keep(ports, subscriberOf());

    await expect(sendConfirmation(failing, published)).rejects.toThrow('Amazon SES is down');

    expect(await sendConfirmation(ports, published)).toBe('sent');
  });
});

describe('sending it once more', () => {
  test('sends however lately the one before was sent, and counts for the 72 hours', async () => {
    const ports = await portsWith();
    await sendConfirmation(ports, published);
    ports.own.clock.now = hoursAfter(noon, 71);

    const resent = await resendConfirmation(ports, 7);
    ports.own.clock.now = hoursAfter(noon, 73);

    expect(resent).toEqual({ id: 7, sentAt: hoursAfter(noon, 71) });
    expect(await sendConfirmation(ports, published)).toBe('sent lately');
    expect(ports.own.sent).toHaveLength(2);
  });

  test.each([
    [{ confirmed: true }, 'NOTHING_TO_CONFIRM', 'confirmed its e-mail address already'],
    [{ state: 'deleted' as const }, 'NOT_FOUND', "Contact with id='7' not found"],
    [{ state: 'erased' as const }, 'NOT_FOUND', 'not found'],
  ])('is refused with a reason: %j', async (about, code, message) => {
    const ports = await portsWith(subscriberOf(about));

    await expect(resendConfirmation(ports, 7)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    expect(ports.own.sent).toEqual([]);
  });

  test('is refused where there is no address, and where nobody is asked', async () => {
    const { email, ...withoutEmail } = subscriberOf();
    const ports = await portsWith(withoutEmail);

    await expect(resendConfirmation(ports, 7)).rejects.toMatchObject({ code: 'NOTHING_TO_CONFIRM' });
    await expect(resendConfirmation({ ...ports, asksForConfirmation: false }, 7)).rejects.toMatchObject({
      code: 'NOTHING_TO_CONFIRM',
      message: expect.stringContaining('switched off'),
    });
  });
});
