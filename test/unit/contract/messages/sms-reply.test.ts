import { describe, expect, test } from 'vitest';
import { parseDelivery } from '#contract/messages/delivery-event.ts';
import { wishIn } from '#contract/messages/sms-reply.ts';

const at = '2026-11-28T10:00:00.000Z';
const reply = (messageBody: string, originationNumber = '+380942583691') => ({
  Type: 'Notification',
  MessageId: 'x',
  TopicArn: 'arn:aws:sns:eu-central-1:123456789012:replies',
  Message: JSON.stringify({ originationNumber, destinationNumber: '+12125550101', messageKeyword: 'X', messageBody }),
  Timestamp: at,
});

test('a STOP blacklists the number, and a START takes that back', () => {
  const suppress = [{ address: '380942583691', reason: 'blacklisted', cause: 'stopped' }];

  expect(parseDelivery(reply('STOP'))).toEqual({ at, suppress });
  expect(parseDelivery(reply('Start'))).toEqual({ at, suppress: [], resume: ['380942583691'] });
  expect(parseDelivery(reply('Thanks!'))).toEqual({ at, suppress: [] });
  expect(parseDelivery(reply('STOP', 'Shop'))).toEqual({ at, suppress: [] });
});

describe('an answer', () => {
  test.each([
    ...[
      'STOP',
      ' stop. ',
      'Stop!',
      '«СТОП»',
      'стоп',
      'STOP ALL',
      'Please stop',
      'stop texting me',
      'Будь ласка, стоп',
      'ＳＴＯＰ',
    ],
    ...[
      'UNSUBSCRIBE',
      'unsub',
      'OPT-OUT',
      'opt out',
      'Відписка',
      'ВІДПИСАТИСЯ',
      'відпишіть мене',
      'отписка',
      'не пишіть',
    ],
    ...[
      'END',
      'quit',
      'CANCEL',
      'Revoke',
      'BAJA',
      'ARRÊT',
      'abmelden',
      'відміна',
      '🛑 STOP 🛑',
      'S T O P',
      'STOP, not START',
    ],
  ])('%j stops', (text) => expect(wishIn(text)).toBe('stop'));

  test.each(['START', 'unstop', ' Старт! ', 'підписатися', 'SUBSCRIBE'])('%j starts again', (text) =>
    expect(wishIn(text)).toBe('start'),
  );

  test.each([
    ...[
      '',
      '?',
      'Yes',
      'Дякую',
      'cancel my order 123',
      'At the end of May',
      'When do you start?',
      'nonstop',
      'Безупинно',
    ],
    'Is there a bus stop near the shop where I can wait?',
  ])('%j says neither', (text) => expect(wishIn(text)).toBeUndefined());
});
