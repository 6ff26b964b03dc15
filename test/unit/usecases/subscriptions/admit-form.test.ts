import { describe, expect, test } from 'vitest';
import { mailboxOf, networkOf } from '#domain/subscriptions/sources.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { type AdmitFormPorts, admitForm, type SentForm } from '#usecases/subscriptions/admit-form.ts';
import { answeredAlike } from '#usecases/subscriptions/answered-alike.ts';

const arranged = (about: Partial<AdmitFormPorts> = {}) => {
  const clock = { now: '2026-01-05T12:00:10.000Z' };
  const named: string[] = [];
  const { apiKeys, signer } = memoryPorts();
  const ports: AdmitFormPorts = {
    apiKeys: {
      countUse: (hash, window) => {
        named.push(hash);
        return apiKeys.countUse(hash, window);
      },
    },
    signer,
    now: () => clock.now,
    formsPerSource: 3,
    formsPerAddress: 2,
    ...about,
  };
  const send = (form: Partial<SentForm> = {}) =>
    admitForm(ports, { draft: {}, sourceIp: '192.0.2.1', captchaAnswer: '', ...form }).then(
      () => 'taken',
      (error) => error,
    );
  return { clock, named, send };
};

describe('forms from one network', () => {
  test('are so many a minute, and the next is told when to come again', async () => {
    const { clock, send } = arranged();
    const answers = [await send(), await send(), await send()];

    expect(answers).toEqual(['taken', 'taken', 'taken']);
    expect(await send()).toMatchObject({ code: 'THROTTLED', retryAfterSeconds: 50 });
    expect(await send({ sourceIp: '192.0.2.2' })).toBe('taken');
    clock.now = '2026-01-05T12:01:00.000Z';
    expect(await send()).toBe('taken');
  });

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s is of the network %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('forms about one address', () => {
  test('are so many an hour, whatever it is written like and wherever they come from', async () => {
    const { clock, send } = arranged({ formsPerSource: 0 });
    const about = (email: string) => send({ draft: { email } });

    expect([await about('jane@example.com'), await about('jane+news@example.com')]).toEqual(['taken', 'taken']);
    expect(await about('jane+x@example.com')).toMatchObject({ code: 'THROTTLED', retryAfterSeconds: 3590 });
    expect(await about('john@example.com')).toBe('taken');
    clock.now = '2026-01-05T13:00:00.000Z';
    expect(await about('jane@example.com')).toBe('taken');
  });

  test('are counted for a phone number, too', async () => {
    const { send } = arranged({ formsPerSource: 0 });
    const about = (email: string) => send({ draft: { email, sms: '380501112233' } });

    expect([await about('a@x.x'), await about('b@x.x')]).toEqual(['taken', 'taken']);
    expect(await about('c@x.x')).toMatchObject({ code: 'THROTTLED' });
  });

  test('are counted under hashes that tell nothing', async () => {
    const { named, send } = arranged();

    await send({ draft: { email: 'jane@example.com', sms: '380501112233' } });

    expect(named).toHaveLength(3);
    expect(named.join(' ')).not.toMatch(/jane|380501112233|192\.0\.2\.1/);
  });

  test.each([
    ['jane+news@example.com', 'jane@example.com'],
    ['j.a.ne+news@gmail.com', 'jane@gmail.com'],
    ['jane@googlemail.com', 'jane@gmail.com'],
    ['j.ane@example.com', 'j.ane@example.com'],
  ])('%s is of the mailbox %s', (email, mailbox) => {
    expect(mailboxOf(email)).toBe(mailbox);
  });
});

describe('a stage with a CAPTCHA', () => {
  test('takes only forms that a person solved, and counts nobody’s address for the others', async () => {
    const asked: string[][] = [];
    const isSolved = async (...about: [string, string]) => {
      asked.push(about);
      return about[0] === 'right';
    };
    const { send } = arranged({ formsPerSource: 0, captcha: { isSolved } });
    const draft = { email: 'jane@example.com' };

    for (let attempt = 0; attempt < 5; attempt++) {
      expect(await send({ draft, captchaAnswer: 'wrong' })).toMatchObject({ code: 'CAPTCHA_FAILED' });
    }

    expect(await send({ draft, captchaAnswer: 'right' })).toBe('taken');
    expect(asked.at(-1)).toEqual(['right', '192.0.2.1']);
  });
});

describe('an answer that tells nothing', () => {
  const ended = async (took: number, work: () => Promise<string> = async () => 'done') => {
    const clock = { now: Date.parse('2026-01-05T12:00:00.123Z') };
    const beganAt = clock.now;
    const ports = {
      now: () => new Date(clock.now).toISOString(),
      pause: async (_random: number, atLeast = 0) => {
        clock.now += atLeast;
      },
    };
    const slow = () => {
      clock.now += took;
      return work();
    };
    const result = await answeredAlike(ports, slow).catch((error: Error) => error.message);
    return { result, after: clock.now - beganAt };
  };

  test.each([0, 5, 80, 999])('leaves a second after its request, though its work took %i ms', async (took) => {
    expect(await ended(took)).toEqual({ result: 'done', after: 1000 });
  });

  test('leaves at the next second where the work took longer, and with an error, too', async () => {
    expect(await ended(1300)).toEqual({ result: 'done', after: 2000 });
    const fail = async () => {
      throw new Error('failed');
    };
    expect(await ended(20, fail)).toEqual({ result: 'failed', after: 1000 });
  });
});
